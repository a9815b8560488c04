import { type Kysely, sql, type Transaction } from 'kysely';
import { ChartliftError } from '../../errors.ts';
import type { Tables } from '../tables.ts';
import { type Dialect, type Migration, textType } from './migration.ts';

/**
 * Brings the tables to the last of `migrations`. Several processes may do so at once: one applies them, the
 * others wait for it. Either all that are missing are applied, or none.
 *
 * @param now in ms since the Unix epoch
 * @returns names of those that were applied
 * @throws ChartliftError `database_unusable` if the database has migrations that are not in the list
 */
export async function migrate(
  db: Kysely<Tables>,
  dialect: Dialect,
  migrations: readonly Migration[],
  now: number,
): Promise<readonly string[]> {
  return db.transaction().execute(async (transaction) => {
    await waitForTurn(transaction, dialect);
    await transaction.schema
      .createTable('schema_migrations')
      .ifNotExists()
      .addColumn('name', textType(dialect), (column) => column.primaryKey())
      .addColumn('applied_at', textType(dialect), (column) => column.notNull())
      .execute();
    const rows = await transaction.selectFrom('schema_migrations').select('name').execute();
    const applied = new Set(rows.map(({ name }) => name));
    refuseUnknown(applied, migrations);
    const missing = migrations.filter(({ name }) => !applied.has(name));
    for (const { name, up } of missing) {
      await up(transaction, dialect);
      await transaction
        .insertInto('schema_migrations')
        .values({ name, applied_at: new Date(now).toISOString() })
        .execute();
    }
    return missing.map(({ name }) => name);
  });
}

/** In SQLite the transaction itself is the lock: it has begun as a writing one. */
async function waitForTurn(transaction: Transaction<Tables>, dialect: Dialect): Promise<void> {
  if (dialect === 'sqlite') return;
  await sql`select pg_advisory_xact_lock(hashtext('chartlift migrations'), hashtext(current_schema()))`.execute(
    transaction,
  );
}

function refuseUnknown(applied: ReadonlySet<string>, migrations: readonly Migration[]): void {
  const known = new Set(migrations.map(({ name }) => name));
  const unknown = [...applied].filter((name) => !known.has(name)).sort();
  if (unknown.length === 0) return;
  throw new ChartliftError(
    'database_unusable',
    `The database was last used by a newer version of chartlift: it has ${unknown.join(', ')}.`,
    'Start that version or a newer one. To go back, restore the backup that was made before the update.',
  );
}
