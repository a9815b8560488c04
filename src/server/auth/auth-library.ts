import { isAPIError } from 'better-auth/api';
import { getAdapter } from 'better-auth/db/adapter';
import { betterAuth } from 'better-auth/minimal';
import type { Kysely } from 'kysely';
import type { Clock } from '../../clock.ts';
import type { Logger } from '../../logger.ts';
import { newId } from '../../state/id.ts';
import type { AuthTables } from './auth-tables.ts';
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from './password-length.ts';

/** How long a session lives without being used, in seconds: a working week and its weekend. */
const SESSION_SECONDS = 7 * 24 * 60 * 60;

/** How old a session must be, in seconds, before using it makes it last longer. */
const SESSION_UPDATE_SECONDS = 24 * 60 * 60;

const ID_PREFIXES: Readonly<Record<string, string>> = {
  user: 'usr',
  session: 'ses',
  account: 'acc',
  verification: 'ver',
};

const STAMPS = { createdAt: 'created_at', updatedAt: 'updated_at' };

export interface AuthLibraryOptions {
  readonly db: Kysely<AuthTables>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Signs the cookies; 32 characters or more, the same after each start. */
  readonly secret: string;
  /** Whether browsers come through TLS. */
  readonly secure: boolean;
}

/** The library that keeps passwords and sessions. Nothing of it is reachable by HTTP but through our own routes. */
export type AuthLibrary = Awaited<ReturnType<typeof openAuthLibrary>>;

/** Opens {@link AuthLibrary} over the tables of the control database. */
export async function openAuthLibrary(options: AuthLibraryOptions) {
  const settings = libraryOptions(options);
  // The form of values is that of SQLite on both databases: ISO 8601 texts and 0 or 1 (docs/architecture.md).
  const adapter = await getAdapter({ ...settings, database: { db: options.db, type: 'sqlite' } });
  return betterAuth({ ...settings, database: () => adapter });
}

/** Whether an error of the library says that what was asked for is not given. */
export function isRefusal(error: unknown): boolean {
  return isAPIError(error) && error.statusCode < 500;
}

function libraryOptions({ clock, logger, secret, secure }: AuthLibraryOptions) {
  return {
    appName: 'chartlift',
    baseURL: 'http://localhost',
    secret,
    // Else the library would look for some in the environment.
    secrets: [{ version: 1, value: secret }],
    telemetry: { enabled: false },
    logger: {
      level: 'warn' as const,
      log: (level: string, message: string) => {
        if (level === 'error') logger.error({ part: 'sign-in' }, message);
        else logger.debug({ part: 'sign-in' }, message);
      },
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: SHORTEST_PASSWORD,
      maxPasswordLength: LONGEST_PASSWORD,
    },
    user: {
      modelName: 'users',
      fields: { emailVerified: 'email_verified', ...STAMPS },
      additionalFields: {
        role: { type: 'string' as const, required: true, input: false },
        disabledAt: {
          type: 'string' as const,
          required: false,
          input: false,
          fieldName: 'disabled_at',
        },
      },
    },
    session: {
      modelName: 'user_sessions',
      expiresIn: SESSION_SECONDS,
      updateAge: SESSION_UPDATE_SECONDS,
      fields: {
        userId: 'user_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        ...STAMPS,
      },
    },
    account: {
      modelName: 'user_accounts',
      fields: {
        userId: 'user_id',
        accountId: 'account_id',
        providerId: 'provider_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        ...STAMPS,
      },
    },
    verification: {
      modelName: 'user_verifications',
      fields: { expiresAt: 'expires_at', ...STAMPS },
    },
    advanced: {
      useSecureCookies: false,
      cookiePrefix: 'chartlift',
      cookies: {
        // RFC 6265bis §4.1.3.2: a cookie of this name can only have been set by this very host, through TLS.
        session_token: {
          name: secure ? '__Host-chartlift_session' : 'chartlift_session',
          attributes: { secure, sameSite: 'lax' as const, httpOnly: true, path: '/' },
        },
      },
      database: {
        generateId: ({ model }: { model: string }) =>
          newId(ID_PREFIXES[model] ?? 'auth', clock.now()),
      },
    },
  };
}
