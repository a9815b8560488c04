import type { BrowserContext, Cookie } from 'playwright-core';
import type { Role } from '../../../src/state/actor.ts';
import type { ServiceUnderTest } from '../../service/running-service.ts';

/** The password of everyone in browser tests. */
export const PASSWORD = 'correct horse battery staple';

/** One person for each role. */
export const PEOPLE: Readonly<Record<Role, { readonly name: string; readonly email: string }>> = {
  admin: { name: 'Ada Lovelace', email: 'ada@example.com' },
  editor: { name: 'Emmy Noether', email: 'emmy@example.com' },
  viewer: { name: 'Vera Rubin', email: 'vera@example.com' },
};

type SessionCookie = Pick<Cookie, 'name' | 'value'>;

/** The sessions of a service's people. To make another takes a hash that is slow on purpose. */
const sessions = new WeakMap<ServiceUnderTest, Map<Role, readonly SessionCookie[]>>();

/**
 * Puts a session of the person of a role into a browser's context: one that an earlier test had, unless it
 * has ended meanwhile.
 */
export async function signIn(
  service: ServiceUnderTest,
  context: BrowserContext,
  role: Role,
): Promise<void> {
  const known = sessions.get(service) ?? new Map<Role, readonly SessionCookie[]>();
  sessions.set(service, known);
  let cookies = known.get(role);
  if (cookies === undefined || !(await isSignedIn(service, cookies))) {
    cookies = await newSession(service, role);
    known.set(role, cookies);
  }
  await context.addCookies(cookies.map((cookie) => ({ ...cookie, url: service.url })));
}

async function isSignedIn(
  service: ServiceUnderTest,
  cookies: readonly SessionCookie[],
): Promise<boolean> {
  const Cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const { status } = await service.api('GET', '/session', undefined, { Cookie });
  return status === 200;
}

async function newSession(service: ServiceUnderTest, role: Role): Promise<SessionCookie[]> {
  await ensurePerson(service, role);
  const { email } = PEOPLE[role];
  const answer = await service.api('POST', '/session', { email, password: PASSWORD }, {});
  if (answer.status !== 200) throw new Error(`Nobody signed in: ${JSON.stringify(answer.body)}`);
  return answer.headers.getSetCookie().map((cookie) => {
    const [pair = ''] = cookie.split(';');
    const at = pair.indexOf('=');
    return { name: pair.slice(0, at), value: pair.slice(at + 1) };
  });
}

/** Creates the person of a role in the service, once. */
export async function ensurePerson(service: ServiceUnderTest, role: Role): Promise<void> {
  const answer = await service.api('POST', '/users', { ...PEOPLE[role], role, password: PASSWORD });
  const isThere = answer.body.issues?.[0]?.message === 'belongs to another user';
  if (answer.status !== 201 && !isThere) {
    throw new Error(`Nobody was created: ${JSON.stringify(answer.body)}`);
  }
}
