import type { RunDetail, RunEvent, StreamResult } from './run-types.ts';

/** One stream's part in a line of the log, as far as it moves the picture on. */
export type StreamStep =
  | { readonly phase: 'requesting'; readonly attempt: number }
  | { readonly phase: 'waiting'; readonly until: number; readonly reason: string }
  | { readonly phase: 'reading'; readonly bytes: number }
  | { readonly phase: 'writing'; readonly rows: number }
  | { readonly phase: 'ended'; readonly result: StreamResult };

const RESULTS = ['success', 'unchanged', 'empty', 'failed'] as const;

/** A line of the log out of what an event carries; null for anything else. */
export function readRunEvent(data: unknown): RunEvent | null {
  if (!isRecord(data)) return null;
  const { seq, at, level, type, stream, message } = data;
  if (typeof seq !== 'number' || typeof at !== 'string' || typeof type !== 'string') return null;
  return {
    seq,
    at,
    type,
    level: level === 'debug' || level === 'warn' || level === 'error' ? level : 'info',
    stream: typeof stream === 'string' ? stream : null,
    message: typeof message === 'string' ? message : '',
    data: isRecord(data['data']) ? data['data'] : {},
  };
}

/** The streams that a run sets out to read; null for a line that is not about that. */
export function readPlan({ type, data }: RunEvent): readonly string[] | null {
  if (type !== 'started' || !Array.isArray(data['streams'])) return null;
  return data['streams'].filter((name) => typeof name === 'string');
}

/** What a line says about its stream; null where it says nothing that is shown. */
export function readStep(event: RunEvent): StreamStep | null {
  const { type, data } = event;
  switch (type) {
    case 'stream_requesting':
      return { phase: 'requesting', attempt: count(data['attempt']) ?? 1 };
    case 'stream_waiting':
      return {
        phase: 'waiting',
        until: Date.parse(text(data['until']) ?? event.at),
        reason: text(data['reason']) ?? '',
      };
    case 'stream_fetching':
    case 'stream_fetched':
      return { phase: 'reading', bytes: count(data['bytes']) ?? 0 };
    case 'stream_rows':
      return { phase: 'writing', rows: count(data['rows']) ?? 0 };
    case 'stream_ended':
      return { phase: 'ended', result: readResult(event) };
    default:
      return null;
  }
}

/** Whether what the last event carries is the run with its results. */
export function isRunDetail(data: unknown): data is RunDetail {
  return isRecord(data) && typeof data['id'] === 'string' && Array.isArray(data['results']);
}

function readResult({ stream, at, data }: RunEvent): StreamResult {
  const warnings = Array.isArray(data['warnings']) ? data['warnings'] : [];
  return {
    stream: stream ?? '',
    table: text(data['table']) ?? '',
    title: text(data['title']),
    status: RESULTS.find((status) => status === data['status']) ?? 'failed',
    rows: count(data['rows']),
    version: count(data['version']),
    bytes: count(data['bytes']),
    change: readChange(data['change']),
    duration_ms: count(data['duration_ms']) ?? 0,
    attempts: count(data['attempts']) ?? 0,
    warnings: warnings.filter(isRecord).map((warning) => ({
      code: text(warning['code']) ?? '',
      message: text(warning['message']) ?? '',
    })),
    error: readError(data['error']),
    ended_at: at,
  };
}

function readChange(value: unknown): StreamResult['change'] {
  if (!isRecord(value)) return null;
  return {
    added: count(value['added']) ?? 0,
    removed: count(value['removed']) ?? 0,
    changed: count(value['changed']) ?? 0,
  };
}

function readError(value: unknown): StreamResult['error'] {
  if (!isRecord(value)) return null;
  return {
    code: text(value['code']) ?? '',
    message: text(value['message']) ?? '',
    help: text(value['help']) ?? '',
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function count(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}
