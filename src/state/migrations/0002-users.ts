import type { Kysely } from 'kysely';
import type { Tables } from '../tables.ts';
import { type Dialect, type Migration, textType } from './migration.ts';

/**
 * The tables of the library of sign-in (better-auth 1.7: "Database, Core Schema"), in our form: texts, times in
 * ISO 8601, yes and no as 1 and 0. `server/auth/auth-library.ts` tells the library these names.
 */
export const users: Migration = {
  name: '0002-users',
  async up(db, dialect) {
    await makeUsers(db, dialect);
    await makeSessions(db, dialect);
    await makeAccounts(db, dialect);
    await makeVerifications(db, dialect);
  },
};

async function makeUsers(db: Kysely<Tables>, dialect: Dialect): Promise<void> {
  const text = textType(dialect);
  await db.schema
    .createTable('users')
    .addColumn('id', text, (column) => column.primaryKey())
    .addColumn('name', text, (column) => column.notNull())
    .addColumn('email', text, (column) => column.notNull().unique())
    .addColumn('email_verified', 'integer', (column) => column.notNull())
    .addColumn('image', text)
    .addColumn('role', text, (column) => column.notNull())
    .addColumn('disabled_at', text)
    .addColumn('created_at', text, (column) => column.notNull())
    .addColumn('updated_at', text, (column) => column.notNull())
    .execute();
}

async function makeSessions(db: Kysely<Tables>, dialect: Dialect): Promise<void> {
  const text = textType(dialect);
  await db.schema
    .createTable('user_sessions')
    .addColumn('id', text, (column) => column.primaryKey())
    .addColumn('user_id', text, (column) =>
      column.notNull().references('users.id').onDelete('cascade'),
    )
    .addColumn('token', text, (column) => column.notNull().unique())
    .addColumn('expires_at', text, (column) => column.notNull())
    .addColumn('ip_address', text)
    .addColumn('user_agent', text)
    .addColumn('created_at', text, (column) => column.notNull())
    .addColumn('updated_at', text, (column) => column.notNull())
    .execute();
  await db.schema
    .createIndex('user_sessions_by_user')
    .on('user_sessions')
    .column('user_id')
    .execute();
}

/** How somebody signs in: for now always by password, whose hash stands here. */
async function makeAccounts(db: Kysely<Tables>, dialect: Dialect): Promise<void> {
  const text = textType(dialect);
  await db.schema
    .createTable('user_accounts')
    .addColumn('id', text, (column) => column.primaryKey())
    .addColumn('user_id', text, (column) =>
      column.notNull().references('users.id').onDelete('cascade'),
    )
    .addColumn('account_id', text, (column) => column.notNull())
    .addColumn('provider_id', text, (column) => column.notNull())
    .addColumn('access_token', text)
    .addColumn('refresh_token', text)
    .addColumn('id_token', text)
    .addColumn('access_token_expires_at', text)
    .addColumn('refresh_token_expires_at', text)
    .addColumn('scope', text)
    .addColumn('password', text)
    .addColumn('created_at', text, (column) => column.notNull())
    .addColumn('updated_at', text, (column) => column.notNull())
    .execute();
  await db.schema
    .createIndex('user_accounts_by_user')
    .on('user_accounts')
    .columns(['user_id', 'provider_id'])
    .unique()
    .execute();
}

/** What may be used once, such as invitations. */
async function makeVerifications(db: Kysely<Tables>, dialect: Dialect): Promise<void> {
  const text = textType(dialect);
  await db.schema
    .createTable('user_verifications')
    .addColumn('id', text, (column) => column.primaryKey())
    .addColumn('identifier', text, (column) => column.notNull())
    .addColumn('value', text, (column) => column.notNull())
    .addColumn('expires_at', text, (column) => column.notNull())
    .addColumn('created_at', text, (column) => column.notNull())
    .addColumn('updated_at', text, (column) => column.notNull())
    .execute();
  await db.schema
    .createIndex('user_verifications_by_identifier')
    .on('user_verifications')
    .column('identifier')
    .execute();
}
