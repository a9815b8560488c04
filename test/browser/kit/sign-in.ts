import type { BrowserContext } from 'playwright-core';
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

/** Signs the person of a role in, through the API, and puts their session into a browser's context. */
export async function signIn(
  service: ServiceUnderTest,
  context: BrowserContext,
  role: Role,
): Promise<void> {
  await ensurePerson(service, role);
  const { email } = PEOPLE[role];
  const answer = await service.api('POST', '/session', { email, password: PASSWORD }, {});
  if (answer.status !== 200) throw new Error(`Nobody signed in: ${JSON.stringify(answer.body)}`);
  await context.addCookies(
    answer.headers.getSetCookie().map((cookie) => {
      const [pair = ''] = cookie.split(';');
      const at = pair.indexOf('=');
      return { name: pair.slice(0, at), value: pair.slice(at + 1), url: service.url };
    }),
  );
}

/** Creates the person of a role in the service, once. */
export async function ensurePerson(service: ServiceUnderTest, role: Role): Promise<void> {
  const answer = await service.api('POST', '/users', { ...PEOPLE[role], role, password: PASSWORD });
  const isThere = answer.body.issues?.[0]?.message === 'belongs to another user';
  if (answer.status !== 201 && !isThere) {
    throw new Error(`Nobody was created: ${JSON.stringify(answer.body)}`);
  }
}
