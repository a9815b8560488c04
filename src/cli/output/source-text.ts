import type { ApiRun, ApiSourceDetail, ApiSourceListing } from '../service/api-types.ts';
import { type Terminal, tone } from '../terminal.ts';
import { printable } from './printable.ts';
import { age, moment } from './quantities.ts';
import { textTable } from './text-table.ts';

/** The sources of a service, a line each. */
export function sourceTable(sources: readonly ApiSourceListing[], now: number): string {
  return textTable(
    [
      { header: 'NAME', align: 'left' },
      { header: 'STREAMS', align: 'right' },
      { header: 'LAST RUN', align: 'left' },
      { header: 'NEXT RUN', align: 'left' },
      { header: 'TRIGGER', align: 'left' },
      { header: 'ID', align: 'left' },
    ],
    sources.map((source) => [
      source.name,
      String(source.streams),
      lastRunText(source.last_run, now),
      source.paused ? 'paused' : timeText(source.next_run_at),
      source.trigger_description,
      source.id,
    ]),
  );
}

/** Everything about one source. */
export function sourceText(source: ApiSourceDetail, terminal: Terminal, now: number): string {
  const next = source.next_runs.map(timeText).join(', ');
  const config = Object.entries(source.config).map(([name, value]): [string, string] => [
    name,
    [value].flat().map(String).join(', '),
  ]);
  const facts: readonly (readonly [string, string])[] = [
    ['id', source.id],
    ['description', source.description],
    ['connector', source.connector],
    ...config,
    ['trigger', source.trigger_description],
    ['next runs', source.paused ? 'paused' : next],
    ['last run', lastRunText(source.last_run, now)],
    ['time limit', `${source.time_limit_minutes} min`],
    ['created', `${timeText(source.created_at)} by ${source.created_by}`],
  ];
  const shown = facts.filter(([, text]) => text !== '');
  const width = Math.max(...shown.map(([name]) => name.length));
  const lines = shown.map(([name, text]) => `${name.padEnd(width)}  ${printable(text)}\n`);
  const warnings = source.warnings.map(
    ({ message }) => `\n${tone(terminal.stdout, 'warn', 'warning')} ${printable(message)}\n`,
  );
  const title = tone(terminal.stdout, 'strong', printable(source.name));
  return [`${title}\n`, ...lines, '\n', streamTable(source), ...warnings].join('');
}

function streamTable({ streams }: Pick<ApiSourceDetail, 'streams'>): string {
  return textTable(
    [
      { header: 'STREAM', align: 'left' },
      { header: 'TABLE', align: 'left' },
      { header: 'FOLDER', align: 'left' },
      { header: 'TITLE', align: 'left' },
      { header: 'NOTE', align: 'left' },
    ],
    streams.map(({ name, selected, layer, table, folder, title, note }) => [
      name,
      selected ? `${layer}.${table}` : '(not selected)',
      folder ?? '',
      title ?? '',
      note,
    ]),
  );
}

/** A time of the API in the reader's time zone; empty for none. */
export function timeText(time: string | null): string {
  return time === null ? '' : moment(Date.parse(time));
}

function lastRunText(run: ApiRun | null, now: number): string {
  if (run === null) return '';
  return `${run.status}, ${age(now - Date.parse(run.ended_at ?? run.queued_at))}`;
}
