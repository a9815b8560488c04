import type { RunResult, RunStatus, StreamResult, StreamStatus } from '../../sync/run-result.ts';
import { type Terminal, tone } from '../terminal.ts';
import { errorDocument } from './error-document.ts';
import { printable } from './printable.ts';
import { count, counted, duration } from './quantities.ts';
import { textTable } from './text-table.ts';

/** A run as people see it: one that was canceled ends, too. */
export interface SummedUpRun {
  readonly status: RunStatus | 'canceled';
  readonly streams: readonly StreamResult[];
}

const TONES = { success: 'good', partial: 'bad', failed: 'bad', canceled: 'warn' } as const;

/** The document that `sync --json` prints. */
export function syncDocument(result: RunResult): Record<string, unknown> {
  return {
    run_id: result.runId,
    status: result.status,
    streams: result.streams.map((stream) => ({
      stream: stream.stream,
      table: stream.table,
      title: stream.title,
      status: stream.status,
      rows: stream.rows,
      version: stream.version,
      duration_ms: Math.round(stream.durationMs),
      attempts: stream.attempts,
      warnings: stream.warnings,
      error: stream.error === null ? null : errorDocument(stream.error),
    })),
  };
}

/** What people read after a run: a line per stream, then what they should look at, then the verdict. */
export function syncSummary(result: SummedUpRun, terminal: Terminal): string {
  const table = textTable(
    [
      { header: 'STREAM', align: 'left' },
      { header: 'TABLE', align: 'left' },
      { header: 'STATUS', align: 'left' },
      { header: 'ROWS', align: 'right' },
      { header: 'VERSION', align: 'right' },
      { header: 'TIME', align: 'right' },
      { header: 'TITLE', align: 'left' },
    ],
    result.streams.map((stream) => [
      stream.stream,
      stream.table,
      stream.status,
      stream.rows === null ? '-' : count(stream.rows),
      stream.version === null ? '-' : String(stream.version),
      duration(stream.durationMs),
      stream.title ?? '',
    ]),
  );
  return [
    table,
    ...result.streams.map((stream) => remarks(stream, terminal)),
    `\n${verdict(result, terminal)}\n`,
  ].join('');
}

function remarks(stream: StreamResult, terminal: Terminal): string {
  const warnings = stream.warnings.map(
    (warning) =>
      `\n${tone(terminal.stdout, 'warn', 'warning')} ${stream.stream}: ${printable(warning.message)}\n`,
  );
  if (stream.error === null) return warnings.join('');
  const label = tone(terminal.stdout, 'bad', 'failed');
  const { message, hint } = stream.error;
  return `${warnings.join('')}\n${label} ${stream.stream}: ${printable(message)}\n  ${printable(hint)}\n`;
}

function verdict({ status, streams }: SummedUpRun, terminal: Terminal): string {
  const number = (wanted: StreamStatus) =>
    streams.filter((stream) => stream.status === wanted).length;
  const counts = (['success', 'unchanged', 'empty', 'failed'] as const)
    .filter((wanted) => number(wanted) > 0)
    .map((wanted) => `${number(wanted)} ${wanted === 'success' ? 'new' : wanted}`);
  const name = tone(terminal.stdout, TONES[status], status);
  if (counts.length === 0) return `${name}: no stream was read`;
  return `${name}: ${counts.join(', ')} of ${counted(streams.length, 'stream')}`;
}
