import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cookieOf, PASSWORD, serveForTest, signedIn, type TestServer } from './test-server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await serveForTest();
});

afterAll(() => server.close());

function signIn(email: string, password: string, headers: Record<string, string> = {}) {
  return server.request('POST', '/api/v1/session', {
    as: 'nobody',
    json: { email, password },
    headers,
  });
}

function whoIs(cookie: string) {
  return server.request('GET', '/api/v1/session', { as: 'nobody', headers: { Cookie: cookie } });
}

describe('a session', () => {
  it('is a cookie that scripts and other sites do not see', async () => {
    await signedIn(server, 'viewer', 'ada@example.com');
    const answer = await signIn('ADA@example.com', PASSWORD);
    expect(answer.status).toBe(200);
    const cookies = answer.headers['set-cookie'] ?? [];
    expect(cookies).toHaveLength(1);
    expect(cookies[0]).toMatch(/^chartlift_session=/);
    expect(cookies[0]).toMatch(/; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(cookies[0]).not.toMatch(/Domain/i);
    expect((await whoIs(cookieOf(answer))).json).toMatchObject({
      role: 'viewer',
      by: 'session',
      user: { email: 'ada@example.com' },
    });
  });

  it('cannot be forged', async () => {
    const { cookie } = await signedIn(server, 'admin', 'forged@example.com');
    const [name = '', value = ''] = cookie.split('=');
    const [token = '', signature = ''] = decodeURIComponent(value).split('.');
    const flipped = signature.startsWith('A') ? `B${signature.slice(1)}` : `A${signature.slice(1)}`;
    for (const forged of [
      `${token}.${flipped}`,
      token,
      `${token}.`,
      `x${token}.${signature}`,
      `.${signature}`,
      '',
      '%00',
      '%E0%A4%A',
      'x'.repeat(4000),
    ]) {
      const answer = await whoIs(`${name}=${forged}`);
      expect({ forged, status: answer.status }).toEqual({ forged, status: 401 });
    }
    expect((await whoIs(cookie)).status).toBe(200);
  });

  it('is always a new one, whatever the browser brought along (fixation)', async () => {
    const attacker = await signedIn(server, 'viewer', 'attacker@example.com');
    await signedIn(server, 'editor', 'victim@example.com');
    const answer = await signIn('victim@example.com', PASSWORD, { Cookie: attacker.cookie });
    expect(cookieOf(answer)).not.toBe(attacker.cookie);
    // The session that was planted has ended.
    expect((await whoIs(attacker.cookie)).status).toBe(401);
    expect((await whoIs(cookieOf(answer))).json.user.email).toBe('victim@example.com');
    const planted = await signIn('victim@example.com', PASSWORD, {
      Cookie: 'chartlift_session=planted.value',
    });
    expect(cookieOf(planted)).not.toContain('planted');
  });

  it('ends when its user signs out', async () => {
    const { cookie } = await signedIn(server, 'viewer', 'out@example.com');
    const answer = await server.request('DELETE', '/api/v1/session', {
      as: 'nobody',
      headers: { Cookie: cookie },
    });
    expect(answer.status).toBe(204);
    expect((await whoIs(cookie)).status).toBe(401);
  });

  it('ends when its user is disabled, and cannot begin again', async () => {
    const { id, cookie } = await signedIn(server, 'editor', 'gone@example.com');
    await server.request('PATCH', `/api/v1/users/${id}`, { json: { disabled: true } });
    expect((await whoIs(cookie)).status).toBe(401);
    expect((await signIn('gone@example.com', PASSWORD)).status).toBe(401);
    await server.request('PATCH', `/api/v1/users/${id}`, { json: { disabled: false } });
    expect((await whoIs(cookie)).status).toBe(401);
    expect((await signIn('gone@example.com', PASSWORD)).status).toBe(200);
  });

  it('has the role that its user has now', async () => {
    const { id, cookie } = await signedIn(server, 'admin', 'demoted@example.com');
    await server.request('PATCH', `/api/v1/users/${id}`, { json: { role: 'viewer' } });
    const users = await server.request('GET', '/api/v1/users', {
      as: 'nobody',
      headers: { Cookie: cookie },
    });
    expect(users.status).toBe(403);
  });

  it('goes on after the own password is changed, and the others end', async () => {
    const { cookie } = await signedIn(server, 'viewer', 'change@example.com');
    const elsewhere = cookieOf(await signIn('change@example.com', PASSWORD));
    const change = (current: string) =>
      server.request('PUT', '/api/v1/session/password', {
        as: 'nobody',
        headers: { Cookie: cookie },
        json: { current_password: current, new_password: 'another horse battery staple' },
      });
    expect(await change('wrong')).toMatchObject({
      status: 422,
      json: { issues: [{ path: ['current_password'] }] },
    });
    const changed = await change(PASSWORD);
    expect(changed.status).toBe(204);
    expect((await whoIs(cookieOf(changed))).status).toBe(200);
    expect((await whoIs(elsewhere)).status).toBe(401);
    expect((await signIn('change@example.com', PASSWORD)).status).toBe(401);
  });
});

describe('signing in', () => {
  it('says the same of a wrong password and of a user who does not exist', async () => {
    await signedIn(server, 'viewer', 'known@example.com');
    const known = await signIn('known@example.com', 'wrong');
    const unknown = await signIn('unknown@example.com', 'wrong');
    const { request_id: _one, ...wrong } = known.json;
    const { request_id: _other, ...missing } = unknown.json;
    expect(wrong).toEqual(missing);
    expect(known.status).toBe(401);
  });

  it('is slowed for whoever guesses, for known and unknown accounts alike', async () => {
    const guess = async (email: string) => {
      const statuses: number[] = [];
      for (let i = 0; i < 12; i++) statuses.push((await signIn(email, `guess ${i}`)).status);
      return statuses;
    };
    const expected = [...Array(10).fill(401), 429, 429];
    await signedIn(server, 'viewer', 'guessed@example.com');
    expect(await guess('guessed@example.com')).toEqual(expected);
    expect(await guess('nobody@example.com')).toEqual(expected);
    // Not even the right password helps now: a guess that hits must not be told apart.
    const right = await signIn('guessed@example.com', PASSWORD);
    expect(right).toMatchObject({ status: 429, json: { code: 'too_many_requests' } });
    expect(Number(right.headers['retry-after'])).toBeGreaterThan(0);
  });

  it('keeps neither passwords nor cookies in the log', async () => {
    const { cookie } = await signedIn(server, 'viewer', 'logged@example.com');
    await whoIs(cookie);
    expect(server.logged()).not.toContain(PASSWORD);
    expect(server.logged()).not.toContain(cookie.split('=')[1]);
  });
});
