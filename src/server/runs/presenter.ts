import type { z } from '@hono/zod-openapi';
import type { RunEventRecord, RunRecord, StreamResultRecord } from '../../state/run-record.ts';
import type { runEventSchema, runSchema, streamResultSchema } from './schema.ts';

/** A run as the API shows it. */
export function presentRun(run: RunRecord): z.output<typeof runSchema> {
  return {
    id: run.id,
    source_id: run.sourceId,
    status: run.status,
    cause: run.cause,
    started_by: run.startedBy,
    retry_of: run.retryOf,
    streams: run.streams && [...run.streams],
    scheduled_for: run.scheduledFor,
    queued_at: run.queuedAt,
    started_at: run.startedAt,
    ended_at: run.endedAt,
    attempt: run.attempt,
    error: run.error,
  };
}

/** What came of one stream, as the API shows it. */
export function presentResult(result: StreamResultRecord): z.output<typeof streamResultSchema> {
  return {
    stream: result.stream,
    table: result.table,
    title: result.title,
    status: result.status,
    rows: result.rows,
    version: result.version,
    bytes: result.bytes,
    change: result.change,
    duration_ms: result.durationMs,
    attempts: result.attempts,
    warnings: [...result.warnings],
    error: result.error,
    ended_at: result.endedAt,
  };
}

/** A line of a run's log as the API shows it. */
export function presentEvent(event: RunEventRecord): z.output<typeof runEventSchema> {
  const { seq, at, level, type, stream, message, data } = event;
  return { seq, at, level, type, stream, message, data: { ...data } };
}
