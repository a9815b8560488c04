import { expect, it } from 'vitest';
import { createLogger } from '../../src/logger.ts';
import { Accounts } from '../../src/server/auth/accounts.ts';
import type { AuthTables } from '../../src/server/auth/auth-tables.ts';
import { SetupLink } from '../../src/server/auth/setup-link.ts';
import type { Database } from '../../src/state/database.ts';
import { SettingStore } from '../../src/state/settings.ts';
import { eachDatabase } from '../state/each-database.ts';
import { type SettableClock, settableClock } from '../state/settable-clock.ts';
import { PASSWORD } from './test-server.ts';

const HOUR_MS = 60 * 60 * 1000;

/** The library of sign-in has no clock but the system's, so ours starts there. */
function clockOfToday(): SettableClock {
  const clock = settableClock();
  clock.time = Date.now();
  return clock;
}

function openAccounts(database: Database, clock: SettableClock) {
  return new Accounts({
    db: database.db.withTables<AuthTables>(),
    clock,
    logger: createLogger({ level: 'silent' }),
    secret: 'a secret that is the same after each start',
    secure: false,
  });
}

function cookieHeader(cookies: readonly string[]): Headers {
  return new Headers({ Cookie: cookies.map((cookie) => cookie.split(';')[0]).join('; ') });
}

eachDatabase('Accounts', ({ open }) => {
  it('keeps people, their sessions and their invitations', async () => {
    const clock = clockOfToday();
    const database = await open();
    const accounts = await openAccounts(database, clock);
    const ada = await accounts.create({
      email: 'Ada@Example.com',
      name: 'Ada',
      role: 'admin',
      password: PASSWORD,
    });
    expect(await accounts.user(ada.id)).toEqual({
      id: expect.stringMatching(/^usr_[0-9a-z]{26}$/),
      email: 'ada@example.com',
      name: 'Ada',
      role: 'admin',
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      disabledAt: null,
      invitedUntil: null,
    });
    expect(await accounts.signIn('ada@example.com', 'wrong', new Headers())).toBeNull();
    const session = await accounts.signIn('ada@example.com', PASSWORD, new Headers());
    const headers = cookieHeader(session?.cookies ?? []);
    expect((await accounts.sessionOf(headers))?.user).toEqual(ada);

    // A service that starts again knows them.
    const again = await openAccounts(database, clock);
    expect((await again.sessionOf(headers))?.user.id).toBe(ada.id);

    await again.signOut(headers);
    expect(await again.sessionOf(headers)).toBeNull();

    const bo = await accounts.create({
      email: 'bo@x.org',
      name: 'Bo',
      role: 'viewer',
      password: null,
    });
    const { secret } = await accounts.invite(bo.id);
    expect(await accounts.acceptInvitation(secret, PASSWORD)).toEqual(bo);
    expect(await accounts.acceptInvitation(secret, PASSWORD)).toBeNull();
    const list = await accounts.list({ limit: 1 });
    expect(list).toMatchObject({ items: [{ id: bo.id }], nextCursor: expect.any(String) });
    const rest = await accounts.list({ limit: 5, cursor: list.nextCursor ?? undefined });
    expect(rest).toEqual({ items: [ada], nextCursor: null });
  });

  it('keeps no password and no secret of a link readable', async () => {
    const database = await open();
    const accounts = await openAccounts(database, clockOfToday());
    const { id } = await accounts.create({
      email: 'a@x.org',
      name: 'A',
      role: 'viewer',
      password: PASSWORD,
    });
    const { secret } = await accounts.invite(id);
    const { db } = database;
    const tables = await Promise.all([
      db
        .withTables<AuthTables & { user_accounts: object }>()
        .selectFrom('user_accounts')
        .selectAll()
        .execute(),
      db.withTables<AuthTables>().selectFrom('user_verifications').selectAll().execute(),
    ]);
    const kept = JSON.stringify(tables);
    expect(kept).toContain(id);
    expect(kept).not.toContain(PASSWORD);
    expect(kept).not.toContain(secret);
  });

  it('forgets sessions that have expired', async () => {
    const clock = clockOfToday();
    const database = await open();
    const accounts = await openAccounts(database, clock);
    await accounts.create({ email: 'a@x.org', name: 'A', role: 'viewer', password: PASSWORD });
    const count = async () =>
      (
        await database.db
          .withTables<AuthTables>()
          .selectFrom('user_sessions')
          .select('id')
          .execute()
      ).length;
    await accounts.signIn('a@x.org', PASSWORD, new Headers());
    await accounts.signIn('a@x.org', PASSWORD, new Headers());
    expect(await count()).toBe(2);
    clock.time += 8 * 24 * HOUR_MS;
    await accounts.signIn('a@x.org', PASSWORD, new Headers());
    // By that clock the new session has expired as well; it goes with the next one.
    expect(await count()).toBeLessThanOrEqual(1);
  });

  it('lets invitations expire', async () => {
    const clock = clockOfToday();
    const accounts = await openAccounts(await open(), clock);
    const { id } = await accounts.create({
      email: 'a@x.org',
      name: 'A',
      role: 'viewer',
      password: null,
    });
    const { secret } = await accounts.invite(id);
    clock.time += 7 * 24 * HOUR_MS + 1;
    expect(await accounts.acceptInvitation(secret, PASSWORD)).toBeNull();
  });
});

eachDatabase('SetupLink', ({ open }) => {
  const admin = { email: 'ada@example.com', name: 'Ada', password: PASSWORD };

  async function openLink() {
    const clock = clockOfToday();
    const database = await open();
    const accounts = await openAccounts(database, clock);
    const settings = new SettingStore(database, clock);
    const link = new SetupLink(accounts, settings, clock);
    const make = async () =>
      (await link.create('http://127.0.0.1:4860'))?.split('#token=')[1] ?? '';
    return { clock, link, make };
  }

  it('works once, and never again', async () => {
    const { link, make } = await openLink();
    const secret = await make();
    expect(await link.isNeeded()).toBe(true);
    expect(await link.use('wrong', admin)).toBeNull();
    expect(await link.use(secret, admin)).toMatchObject({ role: 'admin' });
    expect(await link.use(secret, { ...admin, email: 'second@example.com' })).toBeNull();
    expect(await link.isNeeded()).toBe(false);
    expect(await link.create('http://127.0.0.1:4860')).toBeNull();
  });

  it('is replaced by the one of the next start', async () => {
    const { link, make } = await openLink();
    const first = await make();
    const second = await make();
    expect(await link.use(first, admin)).toBeNull();
    expect(await link.use(second, admin)).toMatchObject({ role: 'admin' });
  });

  it('expires after a day', async () => {
    const { clock, link, make } = await openLink();
    const secret = await make();
    clock.time += 24 * HOUR_MS;
    expect(await link.use(secret, admin)).toBeNull();
  });
});
