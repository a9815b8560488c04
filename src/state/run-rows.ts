import type { Insertable, Selectable } from 'kysely';
import type { RunEventRecord, RunRecord, StreamResultRecord } from './run-record.ts';
import type { RunEventsTable, RunsTable, StreamResultsTable } from './tables.ts';

export function runOf(row: Selectable<RunsTable>): RunRecord {
  return {
    id: row.id,
    sourceId: row.source_id,
    status: row.status,
    cause: row.cause,
    startedBy: JSON.parse(row.started_by),
    retryOf: row.retry_of,
    streams: parsed(row.streams),
    scheduledFor: row.scheduled_for,
    queuedAt: row.queued_at,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    attempt: row.attempt,
    error: parsed(row.error),
  };
}

export function resultOf(row: Selectable<StreamResultsTable>): StreamResultRecord {
  return {
    runId: row.run_id,
    stream: row.stream,
    table: row.table_name,
    title: row.title,
    status: row.status,
    rows: row.rows,
    version: row.version,
    bytes: row.bytes,
    change: parsed(row.change),
    durationMs: row.duration_ms,
    attempts: row.attempts,
    warnings: JSON.parse(row.warnings),
    error: parsed(row.error),
    endedAt: row.ended_at,
  };
}

export function resultRow(result: StreamResultRecord): Insertable<StreamResultsTable> {
  return {
    run_id: result.runId,
    stream: result.stream,
    table_name: result.table,
    title: result.title,
    status: result.status,
    rows: result.rows,
    version: result.version,
    bytes: result.bytes,
    change: written(result.change),
    duration_ms: Math.round(result.durationMs),
    attempts: result.attempts,
    warnings: JSON.stringify(result.warnings),
    error: written(result.error),
    ended_at: result.endedAt,
  };
}

export function eventOf(row: Selectable<RunEventsTable>): RunEventRecord {
  return {
    runId: row.run_id,
    seq: row.seq,
    at: row.at,
    level: row.level,
    type: row.type,
    stream: row.stream,
    message: row.message,
    data: JSON.parse(row.data),
  };
}

export function eventRow(event: RunEventRecord): Insertable<RunEventsTable> {
  return {
    run_id: event.runId,
    seq: event.seq,
    at: event.at,
    level: event.level,
    type: event.type,
    stream: event.stream,
    message: event.message,
    data: JSON.stringify(event.data),
  };
}

/** A value as a JSON column holds it, where nothing is NULL. */
export function written(value: unknown): string | null {
  return value === null || value === undefined ? null : JSON.stringify(value);
}

function parsed<Value>(text: string | null): Value | null {
  return text === null ? null : JSON.parse(text);
}
