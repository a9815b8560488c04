import { ChartliftError } from '../../errors.ts';
import type { CommandContext } from '../command-context.ts';
import { jsonDocument } from '../output/json-document.ts';
import { duration } from '../output/quantities.ts';
import { timeText } from '../output/source-text.ts';
import { textTable } from '../output/text-table.ts';
import type { ApiRun } from '../service/api-types.ts';
import { sourceId } from '../service/find-source.ts';
import { connectService, type ServiceApi } from '../service/service-api.ts';

export interface RunListOptions {
  readonly source?: string;
  readonly status?: readonly string[];
  readonly cause?: string;
  readonly since?: string;
  readonly limit: number;
  readonly json?: true;
}

/** Sources that are asked for one by one; beyond that one list of all is quicker. */
const FEW = 10;

/** `chartlift run list`: the latest runs, newest first. */
export async function runList(
  { source, status, cause, since, limit, json }: RunListOptions,
  { terminal }: CommandContext,
): Promise<void> {
  const from = since === undefined ? undefined : readTime(since);
  const api = await connectService(terminal);
  const source_id = source === undefined ? undefined : await sourceId(api, source);
  const runs = await api.listRuns({ source_id, status, cause, since: from }, limit);
  if (json) {
    terminal.out(jsonDocument(runs));
  } else if (runs.length === 0) {
    terminal.out('There is no such run.\n');
  } else {
    terminal.out(describe(runs, await namesOf(api, runs)));
  }
}

function describe(runs: readonly ApiRun[], names: ReadonlyMap<string, string>): string {
  return textTable(
    [
      { header: 'RUN', align: 'left' },
      { header: 'SOURCE', align: 'left' },
      { header: 'STATUS', align: 'left' },
      { header: 'CAUSE', align: 'left' },
      { header: 'BY', align: 'left' },
      { header: 'QUEUED', align: 'left' },
      { header: 'TIME', align: 'right' },
    ],
    runs.map((run) => [
      run.id,
      names.get(run.source_id) ?? run.source_id,
      run.status,
      run.cause,
      run.started_by.name,
      timeText(run.queued_at),
      took(run),
    ]),
  );
}

function took({ started_at: start, ended_at: end }: ApiRun): string {
  if (start === null || end === null) return '';
  return duration(Date.parse(end) - Date.parse(start));
}

/** Runs know the ids of their sources only. */
async function namesOf(
  api: ServiceApi,
  runs: readonly ApiRun[],
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(runs.map((run) => run.source_id))];
  const sources =
    ids.length > FEW
      ? await api.listSources({})
      : await Promise.all(ids.map((id) => api.getSource(id).catch(goneSource)));
  return new Map(sources.flatMap((source) => (source ? [[source.id, source.name]] : [])));
}

/** Somebody may have deleted it just now. */
function goneSource(error: unknown): null {
  if (error instanceof ChartliftError && error.code === 'not_found') return null;
  throw error;
}

/** A time as people write it, in this machine's time zone unless it names one; in UTC for the API. */
function readTime(text: string): string {
  // A date alone would be read as UTC (ECMA-262 §21.4.1.32).
  const time = new Date(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00` : text);
  if (!Number.isNaN(time.getTime())) return time.toISOString();
  throw new ChartliftError(
    'usage',
    `${JSON.stringify(text)} is no time.`,
    'Write it as 2026-06-01, 2026-06-01T06:30 or 2026-06-01T06:30Z.',
  );
}
