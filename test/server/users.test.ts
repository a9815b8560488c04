import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PASSWORD, serveForTest, signedIn, type TestServer } from './test-server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await serveForTest();
});

afterAll(() => server.close());

function signIn(email: string, password: string) {
  return server.request('POST', '/api/v1/session', { as: 'nobody', json: { email, password } });
}

function accept(token: string, password: string) {
  return server.request('POST', '/api/v1/invitations/accept', {
    as: 'nobody',
    json: { token, password },
  });
}

describe('the first administrator', () => {
  const json = { name: 'Ada', email: 'ada@example.com', password: PASSWORD };

  it('is made with the link that the start printed, once', async () => {
    const setUp = (token: string) =>
      server.request('POST', '/api/v1/setup', { as: 'nobody', json: { ...json, token } });
    const state = () => server.request('GET', '/api/v1/setup', { as: 'nobody' });
    expect((await state()).json).toEqual({ needed: true });
    expect(await setUp('wrong')).toMatchObject({ status: 403, json: { code: 'forbidden' } });
    const both = await Promise.all([setUp(server.setupSecret), setUp(server.setupSecret)]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 403]);
    expect((await state()).json).toEqual({ needed: false });
    expect((await setUp(server.setupSecret)).status).toBe(403);
    expect((await signIn('ada@example.com', PASSWORD)).json.role).toBe('admin');
    expect(server.logged()).not.toContain(server.setupSecret);
  });
});

describe('users', () => {
  it('come with an invitation, which works once', async () => {
    const created = await server.request('POST', '/api/v1/users', {
      json: { email: 'Bo@example.com', name: 'Bo', role: 'editor' },
    });
    expect(created).toMatchObject({ status: 201, json: { email: 'bo@example.com' } });
    const link = new URL(created.json.invitation.link);
    expect(link.search).toBe('');
    const token = link.hash.replace('#token=', '');
    const bo = () => server.request('GET', `/api/v1/users/${created.json.id}`);
    expect((await bo()).json.invited_until).toBe(created.json.invitation.expires_at);
    expect((await signIn('bo@example.com', PASSWORD)).status).toBe(401);
    expect((await accept(token, 'short')).status).toBe(422);
    expect((await accept(token, PASSWORD)).status).toBe(204);
    expect((await bo()).json.invited_until).toBeNull();
    expect((await accept(token, 'quite another password')).status).toBe(403);
    expect((await signIn('bo@example.com', PASSWORD)).status).toBe(200);
  });

  it('are invited anew, and the invitation before stops working', async () => {
    const { id } = await signedIn(server, 'viewer', 'again@example.com');
    const invite = () => server.request('POST', `/api/v1/users/${id}/invitation`);
    const [first = '', second = ''] = [await invite(), await invite()].map((answer) =>
      String(answer.json.link).replace(/^.*#token=/, ''),
    );
    expect((await accept(first, PASSWORD)).status).toBe(403);
    expect((await accept(second, 'a third long password')).status).toBe(204);
  });

  it('cannot use an invitation once they are disabled', async () => {
    const { id } = await signedIn(server, 'viewer', 'disabled@example.com');
    const invited = await server.request('POST', `/api/v1/users/${id}/invitation`);
    await server.request('PATCH', `/api/v1/users/${id}`, { json: { disabled: true } });
    const token = String(invited.json.link).replace(/^.*#token=/, '');
    expect((await accept(token, PASSWORD)).status).toBe(403);
  });

  it('have an address of their own', async () => {
    await signedIn(server, 'viewer', 'taken@example.com');
    const again = await server.request('POST', '/api/v1/users', {
      json: { email: 'TAKEN@example.com', name: 'Other', role: 'viewer', password: PASSWORD },
    });
    expect(again).toMatchObject({ status: 409, json: { issues: [{ path: ['email'] }] } });
  });

  it('are changed by administrators, and somebody can always administrate', async () => {
    const admins = await server.request('GET', '/api/v1/users');
    const ada = admins.json.items.find(({ role }: { role: string }) => role === 'admin');
    const patch = (json: object) => server.request('PATCH', `/api/v1/users/${ada.id}`, { json });
    expect(await patch({ role: 'editor' })).toMatchObject({ status: 409 });
    expect(await patch({ disabled: true })).toMatchObject({ status: 409 });
    const second = await signedIn(server, 'admin', 'second@example.com');
    // Two who each dismiss the other at the same moment: one of them stays.
    const both = await Promise.all(
      [ada.id, second.id].map((id) =>
        server.request('PATCH', `/api/v1/users/${id}`, { json: { role: 'viewer' } }),
      ),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('get a new password from an administrator, which ends their sessions', async () => {
    const { id, cookie } = await signedIn(server, 'viewer', 'lost@example.com');
    const set = await server.request('PUT', `/api/v1/users/${id}/password`, {
      json: { password: 'a password that was reset' },
    });
    expect(set.status).toBe(204);
    const session = await server.request('GET', '/api/v1/session', {
      as: 'nobody',
      headers: { Cookie: cookie },
    });
    expect(session.status).toBe(401);
    expect((await signIn('lost@example.com', 'a password that was reset')).status).toBe(200);
  });

  it('are listed in pages', async () => {
    const first = await server.request('GET', '/api/v1/users?limit=2');
    expect(first.json.items).toHaveLength(2);
    const { next_cursor: cursor } = first.json;
    const next = await server.request('GET', `/api/v1/users?limit=2&cursor=${cursor}`);
    expect(next.json.items[0].id).not.toBe(first.json.items[1].id);
    const wrong = await server.request('GET', '/api/v1/users?cursor=%27%20or%201');
    expect(wrong).toMatchObject({ status: 400, json: { code: 'request_invalid' } });
  });
});

describe('the audit trail', () => {
  it('says who changed what, without secrets', async () => {
    const { id } = await signedIn(server, 'viewer', 'trail@example.com');
    await server.request('PATCH', `/api/v1/users/${id}`, { json: { role: 'editor' } });
    const trail = await server.request('GET', `/api/v1/audit?target_id=${id}`);
    expect(trail.json.items.map(({ action }: { action: string }) => action)).toEqual([
      'user.updated',
      'session.created',
      'user.created',
    ]);
    expect(trail.json.items[0]).toMatchObject({
      actor: { type: 'token', id: 'environment' },
      target: { type: 'user', id },
      details: { role: 'editor' },
    });
    const all = await server.request('GET', '/api/v1/audit?limit=200');
    expect(all.text).not.toContain(PASSWORD);
  });
});
