import { z } from 'zod';
import type { RunEvent } from '../../sync/run-events.ts';
import type { StreamResult } from '../../sync/run-result.ts';
import type { ApiRunDetail, ApiRunEvent } from './api-types.ts';
import { storedError } from './problem-error.ts';

const warning = z.object({ code: z.string(), message: z.string() });
const nullableNumber = z.number().nullable();

const ended = z.object({
  table: z.string(),
  status: z.enum(['success', 'unchanged', 'empty', 'failed']),
  rows: nullableNumber,
  version: nullableNumber,
  bytes: nullableNumber,
  attempts: z.number(),
  duration_ms: z.number(),
  warnings: z.array(warning),
  error: z.object({ code: z.string(), message: z.string(), help: z.string() }).nullable(),
});

/** The lines of a run's log that the progress views show; all others are for reading only. */
const shownLine = z.discriminatedUnion('type', [
  z.object({ type: z.literal('started'), data: z.object({ streams: z.array(z.string()) }) }),
  z.object({
    type: z.literal('stream_requesting'),
    stream: z.string(),
    data: z.object({ attempt: z.number() }),
  }),
  z.object({
    type: z.literal('stream_waiting'),
    stream: z.string(),
    data: z.object({ until: z.string(), reason: z.enum(['rate_limited', 'unavailable']) }),
  }),
  z.object({
    type: z.enum(['stream_fetching', 'stream_fetched']),
    stream: z.string(),
    data: z.object({ bytes: z.number() }),
  }),
  z.object({
    type: z.literal('stream_rows'),
    stream: z.string(),
    data: z.object({ rows: z.number() }),
  }),
  z.object({ type: z.literal('stream_ended'), stream: z.string(), data: ended }),
]);

/** A line of a run's log as the event of the run that it tells of; null if views show nothing of it. */
export function runEventOf(runId: string, line: ApiRunEvent): RunEvent | null {
  const parsed = shownLine.safeParse(line);
  if (!parsed.success) return null;
  const shown = parsed.data;
  switch (shown.type) {
    case 'started':
      return { type: 'started', runId, streams: shown.data.streams };
    case 'stream_requesting': {
      const { attempt } = shown.data;
      return reading({ stream: shown.stream, phase: 'requesting', attempt });
    }
    case 'stream_waiting': {
      const { reason } = shown.data;
      const until = Date.parse(shown.data.until);
      return reading({ stream: shown.stream, phase: 'backing_off', until, reason });
    }
    case 'stream_fetching':
    case 'stream_fetched': {
      const phase = shown.type === 'stream_fetched' ? 'fetched' : 'fetching';
      return reading({ stream: shown.stream, phase, bytes: shown.data.bytes });
    }
    case 'stream_rows':
      return { type: 'rows', stream: shown.stream, rows: shown.data.rows };
    case 'stream_ended':
      return {
        type: 'ended',
        result: streamResultOf({ ...shown.data, stream: shown.stream, title: null, change: null }),
      };
  }
}

/** What came of a stream, as the core has it. */
export function streamResultOf(
  result: Omit<ApiRunDetail['results'][number], 'ended_at'>,
): StreamResult {
  const { duration_ms: durationMs, error, ...facts } = result;
  return { ...facts, durationMs, error: error && storedError(error) };
}

/** As `sync` ends: 130 and 3 tell what ended the run as a whole; else 1 if anything failed. */
export function runExitCode(run: ApiRunDetail): number {
  if (run.status === 'canceled') return 130;
  const errors = [run.error, ...run.results.map(({ error }) => error)];
  const codes = errors.map((error) => (error ? storedError(error).exitCode : 0));
  if (codes.includes(130)) return 130;
  if (codes.includes(3)) return 3;
  return run.status === 'success' ? 0 : 1;
}

function reading(progress: Extract<RunEvent, { type: 'reading' }>['progress']): RunEvent {
  return { type: 'reading', progress };
}
