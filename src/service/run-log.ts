import type { RunEventRecord, RunRecord } from '../state/run-record.ts';
import type { RunEvent } from '../sync/run-events.ts';
import type { StreamResult } from '../sync/run-result.ts';
import { errorRecord } from './error-record.ts';

/** A line of a run's log before the store has numbered it. */
export type NewRunEvent = Omit<RunEventRecord, 'runId' | 'seq'>;

/** Progress of one stream is told this often at most, in ms: a log is read by people. */
const PROGRESS_EVERY_MS = 1_000;

/**
 * Turns what happens in a run into lines of its log. What comes many times a second (bytes, rows) is
 * told once in {@link PROGRESS_EVERY_MS}, everything else each time.
 */
export function createRunLog(now: () => number): (event: RunEvent) => NewRunEvent | null {
  const told = new Map<string, number>();
  const tooSoon = (stream: string) => {
    const last = told.get(stream);
    if (last !== undefined && now() - last < PROGRESS_EVERY_MS) return true;
    told.set(stream, now());
    return false;
  };
  return (event) => {
    const line = describe(event, now());
    if (line === null) return null;
    if (line.level === 'debug' && line.stream !== null && tooSoon(line.stream)) return null;
    return { at: new Date(now()).toISOString(), ...line };
  };
}

/** The last line of a run's log. */
export function describeRunEnd({ status, error, endedAt, queuedAt }: RunRecord): NewRunEvent {
  const level = status === 'success' ? 'info' : status === 'failed' ? 'error' : 'warn';
  return {
    at: endedAt ?? queuedAt,
    level,
    type: 'run_ended',
    stream: null,
    message:
      error === null ? `The run ended: ${status}.` : `The run ended: ${status}. ${error.message}`,
    data: { status, error },
  };
}

function describe(event: RunEvent, now: number): Omit<NewRunEvent, 'at'> | null {
  if (event.type === 'started') {
    return {
      level: 'info',
      type: 'started',
      stream: null,
      message: `Reading ${event.streams.length} ${event.streams.length === 1 ? 'stream' : 'streams'}.`,
      data: { streams: event.streams },
    };
  }
  if (event.type === 'reading') return describeReading(event.progress, now);
  if (event.type === 'rows') {
    const { stream, rows } = event;
    return {
      level: 'debug',
      type: 'stream_rows',
      stream,
      message: `${rows} rows.`,
      data: { rows },
    };
  }
  if (event.type === 'ended') return describeEnd(event.result);
  return null;
}

type Progress = Extract<RunEvent, { type: 'reading' }>['progress'];

function describeReading(progress: Progress, now: number): Omit<NewRunEvent, 'at'> | null {
  const { stream } = progress;
  if (progress.phase === 'waiting') return null;
  if (progress.phase === 'requesting') {
    const { attempt } = progress;
    const message = attempt === 1 ? 'Requested.' : `Requested again, try ${attempt}.`;
    return { level: 'info', type: 'stream_requesting', stream, message, data: { attempt } };
  }
  if (progress.phase === 'backing_off') {
    const { until, reason } = progress;
    const seconds = Math.max(0, Math.ceil((until - now) / 1_000));
    const why =
      reason === 'rate_limited' ? 'The source asks to slow down' : 'The source does not answer';
    return {
      level: 'warn',
      type: 'stream_waiting',
      stream,
      message: `${why}; the next try is in ${seconds} s.`,
      data: { until: new Date(until).toISOString(), reason },
    };
  }
  const { bytes, phase } = progress;
  return {
    level: phase === 'fetched' ? 'info' : 'debug',
    type: phase === 'fetched' ? 'stream_fetched' : 'stream_fetching',
    stream,
    message: phase === 'fetched' ? `${bytes} bytes received.` : `${bytes} bytes so far.`,
    data: { bytes },
  };
}

function describeEnd(result: StreamResult): Omit<NewRunEvent, 'at'> {
  const { stream, table, status, rows, version, bytes, change, attempts, warnings, error } = result;
  return {
    level: status === 'failed' ? 'error' : warnings.length > 0 ? 'warn' : 'info',
    type: 'stream_ended',
    stream,
    message: endSentence(result),
    data: {
      table,
      status,
      rows,
      version,
      bytes,
      change,
      attempts,
      duration_ms: result.durationMs,
      warnings,
      error: error && errorRecord(error),
    },
  };
}

function endSentence({ table, status, rows, version, error }: StreamResult): string {
  if (status === 'failed') return `${table} stays as it was: ${error?.message ?? 'failed'}`;
  if (status === 'unchanged') return `${table} is as it was: ${rows} rows, version ${version}.`;
  if (status === 'empty') return `${table} is empty: the source has no records for it.`;
  return `${table} has ${rows} rows in version ${version}.`;
}
