import { type Kysely, sql } from 'kysely';
import type { Tables } from '../tables.ts';
import { type Dialect, type Migration, textType } from './migration.ts';

/** The tables of the first release; `../tables.ts` says what they hold. */
export const start: Migration = {
  name: '0001-start',
  async up(db, dialect) {
    await makeSources(db, dialect);
    await makeRuns(db, dialect);
    await makeValidations(db, dialect);
    await makeDoors(db, dialect);
  },
};

async function makeSources(db: Kysely<Tables>, dialect: Dialect): Promise<void> {
  const text = textType(dialect);
  await db.schema
    .createTable('sources')
    .addColumn('id', text, (column) => column.primaryKey())
    .addColumn('connector', text, (column) => column.notNull())
    .addColumn('name', text, (column) => column.notNull())
    .addColumn('name_key', text, (column) => column.notNull())
    .addColumn('search_text', text, (column) => column.notNull())
    .addColumn('description', text, (column) => column.notNull())
    .addColumn('config', text, (column) => column.notNull())
    .addColumn('sealed_secrets', text, (column) => column.notNull())
    .addColumn('limit_group', text, (column) => column.notNull())
    .addColumn('trigger', text, (column) => column.notNull())
    .addColumn('after_source_id', text)
    .addColumn('paused', 'integer', (column) => column.notNull())
    .addColumn('next_run_at', text)
    .addColumn('time_limit_ms', 'bigint', (column) => column.notNull())
    .addColumn('revision', 'integer', (column) => column.notNull())
    .addColumn('created_at', text, (column) => column.notNull())
    .addColumn('created_by', text, (column) => column.notNull())
    .addColumn('updated_at', text, (column) => column.notNull())
    .execute();
  await db.schema
    .createIndex('sources_by_name')
    .on('sources')
    .column('name_key')
    .unique()
    .execute();
  await db.schema
    .createIndex('sources_due')
    .on('sources')
    .columns(['paused', 'next_run_at'])
    .execute();
  await db.schema
    .createIndex('sources_after')
    .on('sources')
    .column('after_source_id')
    .where('after_source_id', 'is not', null)
    .execute();
  await db.schema
    .createTable('streams')
    .addColumn('source_id', text, (column) =>
      column.notNull().references('sources.id').onDelete('cascade'),
    )
    .addColumn('name', text, (column) => column.notNull())
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('title', text)
    .addColumn('selected', 'integer', (column) => column.notNull())
    .addColumn('layer', text, (column) => column.notNull())
    .addColumn('folder', text)
    .addColumn('table_name', text, (column) => column.notNull())
    .addColumn('sync_mode', text, (column) => column.notNull())
    .addColumn('cache_ms', 'bigint')
    .addColumn('note', text, (column) => column.notNull())
    .addPrimaryKeyConstraint('streams_pk', ['source_id', 'name'])
    .execute();
  // A stream that is not selected has a table name all the same, which others may take.
  await db.schema
    .createIndex('streams_by_table')
    .on('streams')
    .columns(['layer', 'table_name'])
    .unique()
    .where(sql`selected`, '=', 1)
    .execute();
  await db.schema
    .createIndex('streams_selected')
    .on('streams')
    .columns(['source_id', 'selected'])
    .execute();
}

async function makeRuns(db: Kysely<Tables>, dialect: Dialect): Promise<void> {
  const text = textType(dialect);
  await db.schema
    .createTable('runs')
    .addColumn('id', text, (column) => column.primaryKey())
    .addColumn('source_id', text, (column) =>
      column.notNull().references('sources.id').onDelete('cascade'),
    )
    .addColumn('status', text, (column) => column.notNull())
    .addColumn('cause', text, (column) => column.notNull())
    .addColumn('started_by', text, (column) => column.notNull())
    .addColumn('retry_of', text)
    .addColumn('streams', text)
    .addColumn('scheduled_for', text)
    .addColumn('queued_at', text, (column) => column.notNull())
    .addColumn('started_at', text)
    .addColumn('ended_at', text)
    .addColumn('attempt', 'integer', (column) => column.notNull())
    .addColumn('error', text)
    .addColumn('lease_owner', text)
    .addColumn('lease_until', text)
    .addColumn('event_seq', 'integer', (column) => column.notNull())
    .execute();
  // Holds that runs of one source never overlap.
  await db.schema
    .createIndex('runs_active')
    .on('runs')
    .column('source_id')
    .unique()
    .where(sql`status`, 'in', ['queued', 'running', 'canceling'])
    .execute();
  await db.schema.createIndex('runs_of_source').on('runs').columns(['source_id', 'id']).execute();
  await db.schema.createIndex('runs_by_status').on('runs').columns(['status', 'id']).execute();
  await db.schema
    .createTable('stream_results')
    .addColumn('run_id', text, (column) =>
      column.notNull().references('runs.id').onDelete('cascade'),
    )
    .addColumn('stream', text, (column) => column.notNull())
    .addColumn('table_name', text, (column) => column.notNull())
    .addColumn('title', text)
    .addColumn('status', text, (column) => column.notNull())
    .addColumn('rows', 'bigint')
    .addColumn('version', 'bigint')
    .addColumn('bytes', 'bigint')
    .addColumn('change', text)
    .addColumn('duration_ms', 'bigint', (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('warnings', text, (column) => column.notNull())
    .addColumn('error', text)
    .addColumn('ended_at', text, (column) => column.notNull())
    .addPrimaryKeyConstraint('stream_results_pk', ['run_id', 'stream'])
    .execute();
  await db.schema
    .createTable('run_events')
    .addColumn('run_id', text, (column) =>
      column.notNull().references('runs.id').onDelete('cascade'),
    )
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('at', text, (column) => column.notNull())
    .addColumn('level', text, (column) => column.notNull())
    .addColumn('type', text, (column) => column.notNull())
    .addColumn('stream', text)
    .addColumn('message', text, (column) => column.notNull())
    .addColumn('data', text, (column) => column.notNull())
    .addPrimaryKeyConstraint('run_events_pk', ['run_id', 'seq'])
    .execute();
}

async function makeValidations(db: Kysely<Tables>, dialect: Dialect): Promise<void> {
  const text = textType(dialect);
  await db.schema
    .createTable('validations')
    .addColumn('id', text, (column) => column.primaryKey())
    .addColumn('connector', text, (column) => column.notNull())
    .addColumn('config', text, (column) => column.notNull())
    .addColumn('sealed_secrets', text, (column) => column.notNull())
    .addColumn('source_id', text, (column) => column.references('sources.id').onDelete('cascade'))
    .addColumn('purpose', text, (column) => column.notNull())
    .addColumn('status', text, (column) => column.notNull())
    .addColumn('streams', text)
    .addColumn('created_by', text, (column) => column.notNull())
    .addColumn('created_at', text, (column) => column.notNull())
    .addColumn('ended_at', text)
    .execute();
  await db.schema
    .createIndex('validations_by_source')
    .on('validations')
    .column('source_id')
    .execute();
  await db.schema
    .createTable('validation_checks')
    .addColumn('validation_id', text, (column) =>
      column.notNull().references('validations.id').onDelete('cascade'),
    )
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('content', text, (column) => column.notNull())
    .addPrimaryKeyConstraint('validation_checks_pk', ['validation_id', 'seq'])
    .execute();
}

/** Tokens, audit trail, answers to repeated requests, small facts. */
async function makeDoors(db: Kysely<Tables>, dialect: Dialect): Promise<void> {
  const text = textType(dialect);
  await db.schema
    .createTable('tokens')
    .addColumn('id', text, (column) => column.primaryKey())
    .addColumn('name', text, (column) => column.notNull())
    .addColumn('hash', text, (column) => column.notNull().unique())
    .addColumn('hint', text, (column) => column.notNull())
    .addColumn('role', text, (column) => column.notNull())
    .addColumn('created_at', text, (column) => column.notNull())
    .addColumn('created_by', text, (column) => column.notNull())
    .addColumn('expires_at', text)
    .addColumn('last_used_at', text)
    .addColumn('revoked_at', text)
    .execute();
  await db.schema
    .createTable('audit')
    .addColumn('id', text, (column) => column.primaryKey())
    .addColumn('at', text, (column) => column.notNull())
    .addColumn('actor_type', text, (column) => column.notNull())
    .addColumn('actor_id', text, (column) => column.notNull())
    .addColumn('actor_name', text, (column) => column.notNull())
    .addColumn('action', text, (column) => column.notNull())
    .addColumn('target_type', text, (column) => column.notNull())
    .addColumn('target_id', text, (column) => column.notNull())
    .addColumn('target_name', text, (column) => column.notNull())
    .addColumn('details', text, (column) => column.notNull())
    .addColumn('request_id', text)
    .execute();
  await db.schema
    .createIndex('audit_by_target')
    .on('audit')
    .columns(['target_type', 'target_id', 'id'])
    .execute();
  await db.schema.createIndex('audit_by_actor').on('audit').columns(['actor_id', 'id']).execute();
  await db.schema.createIndex('audit_by_action').on('audit').columns(['action', 'id']).execute();
  await db.schema
    .createTable('idempotency_keys')
    .addColumn('actor_id', text, (column) => column.notNull())
    .addColumn('key', text, (column) => column.notNull())
    .addColumn('method', text, (column) => column.notNull())
    .addColumn('path', text, (column) => column.notNull())
    .addColumn('body_hash', text, (column) => column.notNull())
    .addColumn('status', 'integer')
    .addColumn('headers', text)
    .addColumn('body', text)
    .addColumn('created_at', text, (column) => column.notNull())
    .addPrimaryKeyConstraint('idempotency_keys_pk', ['actor_id', 'key'])
    .execute();
  await db.schema
    .createTable('settings')
    .addColumn('key', text, (column) => column.primaryKey())
    .addColumn('value', text, (column) => column.notNull())
    .addColumn('updated_at', text, (column) => column.notNull())
    .execute();
}
