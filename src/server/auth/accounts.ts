import type { Kysely } from 'kysely';
import type { Clock } from '../../clock.ts';
import { ChartliftError } from '../../errors.ts';
import type { Logger } from '../../logger.ts';
import { ROLES, type Role } from '../../state/actor.ts';
import { afterCursor, pageByIds } from '../../state/newest-first.ts';
import type { Page, PageRequest } from '../../state/page.ts';
import { createLinkSecret, hashSecret } from './api-token.ts';
import type { AuthLibrary } from './auth-library.ts';
import type { AuthTables } from './auth-tables.ts';
import { OneAtATime } from './one-at-a-time.ts';

/** Somebody who may sign in. Times are ISO 8601 texts in UTC. */
export interface UserRecord {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly createdAt: string;
  /** Null: they may sign in. */
  readonly disabledAt: string | null;
  /** Null: they have a password. Else when the invitation with which they set one ends, or has ended. */
  readonly invitedUntil: string | null;
}

/** A session that holds, and the cookies that the answer has to set. */
export interface SessionFacts {
  readonly user: UserRecord;
  readonly cookies: readonly string[];
}

export interface AccountsOptions {
  /** The control database; the tables are those of `state/migrations/0002-users.ts`. */
  readonly db: Kysely<AuthTables>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Signs the cookies; 32 characters or more, the same after each start. */
  readonly secret: string;
  /** Whether browsers come through TLS. */
  readonly secure: boolean;
}

const INVITATION_MS = 7 * 24 * 60 * 60 * 1000;

/** People who may sign in, their passwords, roles and sessions. */
export class Accounts {
  readonly #db: Kysely<AuthTables>;
  readonly #clock: Clock;
  readonly #options: AccountsOptions;
  readonly #changes = new OneAtATime();
  #opened: Promise<AuthLibrary> | undefined;

  constructor(options: AccountsOptions) {
    this.#db = options.db;
    this.#clock = options.clock;
    this.#options = options;
  }

  /** Loaded by its first use: it is a quarter of all code that a start would wait for. */
  #library(): Promise<AuthLibrary> {
    this.#opened ??= this.#open();
    return this.#opened;
  }

  async #open(): Promise<AuthLibrary> {
    try {
      const { openAuthLibrary } = await import('./auth-library.ts');
      return await openAuthLibrary(this.#options);
    } catch (error) {
      // The next who needs it tries again.
      this.#opened = undefined;
      throw error;
    }
  }

  /** Whose session the cookie of a request is; null if it is nobody's, or that user is disabled. */
  async sessionOf(headers: Headers): Promise<SessionFacts | null> {
    const library = await this.#library();
    const answer = await library.api.getSession({ headers, returnHeaders: true });
    if (!answer.response) return null;
    const user = await this.user(answer.response.user.id);
    if (!user || user.disabledAt !== null) return null;
    return { user, cookies: answer.headers.getSetCookie() };
  }

  /** Begins a session; null if address and password do not belong together. */
  async signIn(email: string, password: string, headers: Headers): Promise<SessionFacts | null> {
    try {
      const library = await this.#library();
      const answer = await library.api.signInEmail({
        body: { email, password },
        headers: withoutCookies(headers),
        returnHeaders: true,
      });
      const user = await this.user(answer.response.user.id);
      if (!user || user.disabledAt !== null) {
        await this.#endSession(answer.response.token);
        return null;
      }
      await this.#forgetOldSessions(user.id);
      // The session that this browser had before ends, so that no stale one stays usable.
      await this.signOut(headers);
      return { user, cookies: answer.headers.getSetCookie() };
    } catch (error) {
      const { isRefusal } = await import('./auth-library.ts');
      if (isRefusal(error)) return null;
      throw error;
    }
  }

  /** Ends the session of a request; gives the cookies that tell the browser so. */
  async signOut(headers: Headers): Promise<readonly string[]> {
    const library = await this.#library();
    const answer = await library.api.signOut({ headers, returnHeaders: true });
    return answer.headers.getSetCookie();
  }

  async user(id: string): Promise<UserRecord | null> {
    const row = await this.#users().where('id', '=', id).executeTakeFirst();
    return row ? toUserRecord(row) : null;
  }

  /** Newest first. Throws `request_invalid` for a wrong cursor. */
  async list({ limit, cursor }: PageRequest): Promise<Page<UserRecord>> {
    const after = afterCursor(cursor);
    const rows = await this.#users()
      .$if(after !== null, (query) => query.where('id', '<', after ?? ''))
      .orderBy('id', 'desc')
      .limit(limit + 1)
      .execute();
    return pageByIds(rows, limit, toUserRecord);
  }

  /** Whether somebody can administrate this installation. */
  async hasAdmin(): Promise<boolean> {
    return (await this.#countAdmins()) > 0;
  }

  /**
   * @param password null: they set one with an invitation
   * @throws {ChartliftError} `conflict` if there is a user of that address
   */
  async create(user: {
    readonly email: string;
    readonly name: string;
    readonly role: Role;
    readonly password: string | null;
  }): Promise<UserRecord> {
    return this.#changes.run(() => this.#create(user));
  }

  /** Creates the first administrator, unless there is one; `isAllowed` is asked just before. */
  async createFirstAdmin(
    user: { readonly email: string; readonly name: string; readonly password: string },
    isAllowed: () => Promise<boolean>,
  ): Promise<UserRecord | null> {
    return this.#changes.run(async () => {
      if ((await this.hasAdmin()) || !(await isAllowed())) return null;
      return this.#create({ ...user, role: 'admin' });
    });
  }

  /**
   * Changes name, role, or whether they may sign in; disabling ends their sessions.
   *
   * @throws {ChartliftError} `not_found`; `conflict` if nobody would be left to administrate
   */
  async update(
    id: string,
    patch: {
      readonly name?: string | undefined;
      readonly role?: Role | undefined;
      readonly disabled?: boolean | undefined;
    },
  ): Promise<UserRecord> {
    return this.#changes.run(async () => {
      const before = await this.#known(id);
      const role = patch.role ?? before.role;
      const isDisabled = patch.disabled ?? before.disabledAt !== null;
      const wasAdmin = before.role === 'admin' && before.disabledAt === null;
      const staysAdmin = role === 'admin' && !isDisabled;
      if (wasAdmin && !staysAdmin && (await this.#countAdmins()) === 1) throw lastAdmin();
      const now = new Date(this.#clock.now()).toISOString();
      await this.#db
        .updateTable('users')
        .set({
          name: patch.name ?? before.name,
          role,
          disabled_at: isDisabled ? (before.disabledAt ?? now) : null,
          updated_at: now,
        })
        .where('id', '=', id)
        .execute();
      if (isDisabled) await this.#shutOut(id);
      return this.#known(id);
    });
  }

  /**
   * Gives somebody a new password and ends their sessions.
   *
   * @throws {ChartliftError} `not_found`
   */
  async setPassword(id: string, password: string): Promise<UserRecord> {
    const user = await this.#known(id);
    await this.#setPassword(id, password);
    return user;
  }

  /**
   * Lets somebody change their own password; other sessions of theirs end, this one goes on under new cookies.
   *
   * @returns the cookies; null if the current password is wrong
   */
  async changePassword(
    user: UserRecord,
    currentPassword: string,
    newPassword: string,
    headers: Headers,
  ): Promise<readonly string[] | null> {
    const proof = await this.signIn(user.email, currentPassword, new Headers());
    if (!proof) return null;
    await this.#setPassword(user.id, newPassword);
    const session = await this.signIn(user.email, newPassword, withoutCookies(headers));
    return session?.cookies ?? [];
  }

  /** A secret that lets somebody set their password once; what was given before no longer works. */
  async invite(id: string): Promise<{ secret: string; expiresAt: string }> {
    await this.#known(id);
    await this.#forgetInvitations(id);
    const { internalAdapter } = await (await this.#library()).$context;
    const secret = createLinkSecret();
    const expiresAt = new Date(this.#clock.now() + INVITATION_MS);
    const identifier = invitationIdentifier(secret);
    await internalAdapter.createVerificationValue({ identifier, value: id, expiresAt });
    return { secret, expiresAt: expiresAt.toISOString() };
  }

  /** Sets the password of whoever was invited; null if the invitation does not hold. */
  async acceptInvitation(secret: string, password: string): Promise<UserRecord | null> {
    const { internalAdapter } = await (await this.#library()).$context;
    const invitation = await internalAdapter.consumeVerificationValue(invitationIdentifier(secret));
    if (!invitation || invitation.expiresAt.getTime() <= this.#clock.now()) return null;
    const user = await this.user(invitation.value);
    if (!user || user.disabledAt !== null) return null;
    await this.#setPassword(user.id, password);
    return user;
  }

  async #create(user: {
    readonly email: string;
    readonly name: string;
    readonly role: Role;
    readonly password: string | null;
  }): Promise<UserRecord> {
    const { internalAdapter } = await (await this.#library()).$context;
    const email = user.email.toLowerCase();
    if (await internalAdapter.findUserByEmail(email)) throw emailTaken();
    const created = await internalAdapter.createUser(
      { email, name: user.name, role: user.role, emailVerified: false },
      { method: 'sign-up' },
    );
    if (user.password !== null) await this.#setPassword(created.id, user.password);
    return this.#known(created.id);
  }

  async #setPassword(id: string, password: string): Promise<void> {
    const { internalAdapter, password: passwords } = await (await this.#library()).$context;
    const hash = await passwords.hash(password);
    if (await internalAdapter.findCredentialAccount(id)) {
      await internalAdapter.updatePassword(id, hash);
    } else {
      await internalAdapter.linkAccount({
        userId: id,
        accountId: id,
        providerId: 'credential',
        password: hash,
      });
    }
    await this.#shutOut(id);
  }

  /** Ends the sessions of a user and what lets them set a password. */
  async #shutOut(id: string): Promise<void> {
    await this.#db.deleteFrom('user_sessions').where('user_id', '=', id).execute();
    await this.#forgetInvitations(id);
  }

  /** The library forgets a session that has expired only when its cookie comes again. */
  async #forgetOldSessions(id: string): Promise<void> {
    await this.#db
      .deleteFrom('user_sessions')
      .where('user_id', '=', id)
      .where('expires_at', '<', new Date(this.#clock.now()).toISOString())
      .execute();
  }

  async #forgetInvitations(id: string): Promise<void> {
    await this.#db.deleteFrom('user_verifications').where('value', '=', id).execute();
  }

  async #endSession(token: string): Promise<void> {
    await this.#db.deleteFrom('user_sessions').where('token', '=', token).execute();
  }

  /** Users, each with when their invitation ends if they have no password yet. */
  #users() {
    return this.#db
      .selectFrom('users')
      .selectAll('users')
      .select(({ selectFrom, exists, fn, ref, case: when }) => {
        const account = selectFrom('user_accounts')
          .select('user_accounts.id')
          .whereRef('user_id', '=', 'users.id');
        const invitation = selectFrom('user_verifications')
          .select(({ fn: of }) => of.max('expires_at').as('until'))
          .whereRef('value', '=', 'users.id');
        return (
          when()
            .when(exists(account))
            .then(null)
            // One that ended long ago is forgotten.
            .else(fn.coalesce(invitation, ref('users.created_at')))
            .end()
            .as('invited_until')
        );
      });
  }

  async #countAdmins(): Promise<number> {
    const { count } = await this.#db
      .selectFrom('users')
      .select((eb) => eb.fn.countAll<number | string>().as('count'))
      .where('role', '=', 'admin')
      .where('disabled_at', 'is', null)
      .executeTakeFirstOrThrow();
    return Number(count);
  }

  async #known(id: string): Promise<UserRecord> {
    const user = await this.user(id);
    if (user) return user;
    throw new ChartliftError('not_found', 'There is no such user.', 'List them at /api/v1/users.');
  }
}

function toUserRecord(
  row: AuthTables['users'] & { readonly invited_until: string | null },
): UserRecord {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    role: ROLES.find((role) => role === row.role) ?? 'viewer',
    createdAt: row.created_at,
    disabledAt: row.disabled_at,
    invitedUntil: row.invited_until,
  };
}

function invitationIdentifier(secret: string): string {
  return `invitation:${hashSecret(secret)}`;
}

/** The library keeps agent and address of a session; cookies of an older one are not its business. */
function withoutCookies(headers: Headers): Headers {
  const rest = new Headers(headers);
  rest.delete('Cookie');
  return rest;
}

function emailTaken(): ChartliftError {
  return new ChartliftError(
    'conflict',
    'There is a user of that address.',
    'Change that user, or give another address.',
    { issues: [{ path: ['email'], message: 'belongs to another user' }] },
  );
}

function lastAdmin(): ChartliftError {
  return new ChartliftError(
    'conflict',
    'Nobody would be left to administrate this installation.',
    'Make somebody else an administrator first.',
  );
}
