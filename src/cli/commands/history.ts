import { openLakeReader } from '../../catalog/lake-reader.ts';
import type { TableVersion } from '../../catalog/table-history.ts';
import { parseTableId } from '../../catalog/table-id.ts';
import type { CommandContext } from '../command-context.ts';
import { count, moment, size } from '../output/quantities.ts';
import { textTable } from '../output/text-table.ts';

export interface HistoryOptions {
  readonly lake: string;
  readonly json?: true;
}

/** `chartlift history`: the versions of a table, newest first. */
export async function history(
  table: string,
  { lake, json }: HistoryOptions,
  { terminal }: CommandContext,
): Promise<void> {
  const id = parseTableId(table);
  const reader = await openLakeReader(lake);
  const versions = await reader.history(id).finally(() => reader.close());
  terminal.out(json ? `${JSON.stringify(versions.map(document), null, 2)}\n` : describe(versions));
}

function describe(versions: readonly TableVersion[]): string {
  return textTable(
    [
      { header: 'VERSION', align: 'right' },
      { header: 'WHEN', align: 'left' },
      { header: 'ROWS', align: 'right' },
      { header: 'ADDED', align: 'right' },
      { header: 'REMOVED', align: 'right' },
      { header: 'CHANGED', align: 'right' },
      { header: 'SIZE', align: 'right' },
      { header: 'RUN', align: 'left' },
      { header: 'NOTE', align: 'left' },
    ],
    versions.map((version) => [
      String(version.version),
      version.committedAt === null ? '?' : moment(version.committedAt),
      version.rows === null ? '?' : count(version.rows),
      shown(version.change?.added),
      shown(version.change?.removed),
      shown(version.change?.changed),
      size(version.bytes),
      version.runId ?? '',
      note(version),
    ]),
  );
}

function shown(number: number | undefined): string {
  return number === undefined ? '-' : count(number);
}

function note({ readable, runId, operation, engine }: TableVersion): string {
  if (!readable) return 'removed by vacuum';
  if (operation === 'SET TBLPROPERTIES') return 'title or folder changed';
  return runId === null
    ? `${operation ?? 'unknown operation'} by ${engine ?? 'another engine'}`
    : '';
}

function document(version: TableVersion): Record<string, unknown> {
  const { committedAt, runId, change, ...rest } = version;
  const committed = committedAt === null ? null : new Date(committedAt).toISOString();
  return { ...rest, committed_at: committed, run_id: runId, change };
}
