import type { RunCause, RunStatus, StreamResultRecord } from './run-record.ts';

/**
 * The tables of the control database, as Kysely types them. They are made by `migrations/`.
 *
 * The types are those that SQLite and PostgreSQL both have: ids and times as text (ISO 8601 in UTC, so that
 * they sort), JSON as text, yes and no as 1 and 0. Texts compare byte by byte in both.
 */
export interface Tables {
  readonly sources: SourcesTable;
  readonly streams: StreamsTable;
  readonly runs: RunsTable;
  readonly stream_results: StreamResultsTable;
  readonly run_events: RunEventsTable;
  readonly validations: ValidationsTable;
  readonly validation_checks: ValidationChecksTable;
  readonly tokens: TokensTable;
  readonly audit: AuditTable;
  readonly idempotency_keys: IdempotencyKeysTable;
  readonly settings: SettingsTable;
  readonly schema_migrations: SchemaMigrationsTable;
}

export interface SourcesTable {
  id: string;
  connector: string;
  name: string;
  /** The name as it is compared, sorted and searched: see `fold-text.ts`. */
  name_key: string;
  /** Name and description as they are searched. */
  search_text: string;
  description: string;
  /** JSON. */
  config: string;
  sealed_secrets: string;
  limit_group: string;
  /** JSON. */
  trigger: string;
  /** The source that it runs after, from the trigger. */
  after_source_id: string | null;
  paused: number;
  next_run_at: string | null;
  time_limit_ms: number;
  revision: number;
  created_at: string;
  created_by: string;
  updated_at: string;
}

export interface StreamsTable {
  source_id: string;
  name: string;
  /** Its place among the streams of the source. */
  position: number;
  title: string | null;
  selected: number;
  layer: string;
  folder: string | null;
  table_name: string;
  sync_mode: 'FULL_TABLE';
  cache_ms: number | null;
  note: string;
}

export interface RunsTable {
  id: string;
  source_id: string;
  status: RunStatus;
  cause: RunCause;
  /** JSON of an actor. */
  started_by: string;
  retry_of: string | null;
  /** JSON of a list of names. */
  streams: string | null;
  scheduled_for: string | null;
  queued_at: string;
  started_at: string | null;
  ended_at: string | null;
  attempt: number;
  /** JSON of an error record. */
  error: string | null;
  /** The process that runs it. */
  lease_owner: string | null;
  /** Until when that process has it, unless it renews. */
  lease_until: string | null;
  /** The highest `seq` of its events. */
  event_seq: number;
}

export interface StreamResultsTable {
  run_id: string;
  stream: string;
  /** As `layer.table`. */
  table_name: string;
  title: string | null;
  status: StreamResultRecord['status'];
  rows: number | null;
  version: number | null;
  bytes: number | null;
  /** JSON. */
  change: string | null;
  duration_ms: number;
  attempts: number;
  /** JSON of a list. */
  warnings: string;
  /** JSON of an error record. */
  error: string | null;
  ended_at: string;
}

export interface RunEventsTable {
  run_id: string;
  seq: number;
  at: string;
  level: 'debug' | 'info' | 'warn' | 'error';
  type: string;
  stream: string | null;
  message: string;
  /** JSON. */
  data: string;
}

export interface ValidationsTable {
  id: string;
  connector: string;
  /** JSON. */
  config: string;
  sealed_secrets: string;
  source_id: string | null;
  purpose: 'new' | 'add_streams' | 'credentials';
  status: 'running' | 'ready' | 'failed';
  /** JSON; null until it has ended. */
  streams: string | null;
  created_by: string;
  created_at: string;
  ended_at: string | null;
}

export interface ValidationChecksTable {
  validation_id: string;
  seq: number;
  /** JSON. */
  content: string;
}

export interface TokensTable {
  id: string;
  name: string;
  hash: string;
  hint: string;
  role: 'viewer' | 'editor' | 'admin';
  created_at: string;
  created_by: string;
  expires_at: string | null;
  last_used_at: string | null;
  revoked_at: string | null;
}

export interface AuditTable {
  id: string;
  at: string;
  actor_type: 'user' | 'token' | 'system';
  actor_id: string;
  actor_name: string;
  action: string;
  target_type: string;
  target_id: string;
  target_name: string;
  /** JSON. */
  details: string;
  request_id: string | null;
}

export interface IdempotencyKeysTable {
  actor_id: string;
  key: string;
  method: string;
  path: string;
  body_hash: string;
  /** HTTP status of the answer; null until there is one. */
  status: number | null;
  /** JSON. */
  headers: string | null;
  body: string | null;
  created_at: string;
}

export interface SettingsTable {
  key: string;
  value: string;
  updated_at: string;
}

export interface SchemaMigrationsTable {
  name: string;
  applied_at: string;
}
