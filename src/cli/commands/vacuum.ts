import { openLakeWriter } from '../../catalog/lake-writer.ts';
import type { VacuumedTable } from '../../catalog/retention/vacuum.ts';
import { formatTableId } from '../../catalog/table-id.ts';
import type { CommandContext } from '../command-context.ts';
import { errorDocument } from '../output/error-document.ts';
import { printable } from '../output/printable.ts';
import { count, counted, size } from '../output/quantities.ts';
import { textTable } from '../output/text-table.ts';
import { newRunId } from '../run-id.ts';

export interface VacuumOptions {
  readonly lake: string;
  /** Days. */
  readonly retain: number;
  readonly dryRun?: boolean;
  readonly json?: true;
}

/** `chartlift vacuum`: deletes what only versions older than the retention need. */
export async function vacuum(
  { lake, retain, dryRun = false, json }: VacuumOptions,
  { terminal, exitWith }: CommandContext,
): Promise<void> {
  const writer = await openLakeWriter(lake, { runId: newRunId() });
  const tables = await writer.vacuum({ retainDays: retain, dryRun }).finally(() => writer.close());
  terminal.out(
    json ? `${JSON.stringify(tables.map(document), null, 2)}\n` : describe(tables, dryRun),
  );
  exitWith(tables.every((table) => table.error === null) ? 0 : 1);
}

function describe(tables: readonly VacuumedTable[], dryRun: boolean): string {
  const touched = tables.filter((table) => table.dataFiles.length + table.logFiles.length > 0);
  const listing = textTable(
    [
      { header: 'TABLE', align: 'left' },
      { header: 'DATA FILES', align: 'right' },
      { header: 'SIZE', align: 'right' },
      { header: 'LOG FILES', align: 'right' },
    ],
    touched.map((table) => [
      formatTableId(table),
      count(table.dataFiles.length),
      size(table.bytes),
      count(table.logFiles.length),
    ]),
  );
  const problems = tables.map((table) =>
    table.error === null
      ? ''
      : `\n${formatTableId(table)}: ${printable(table.error.message)}\n  ${printable(table.error.hint)}\n`,
  );
  const bytes = touched.reduce((total, table) => total + table.bytes, 0);
  const verdict = dryRun ? 'would be deleted' : 'deleted';
  const nothing = `Nothing to delete in ${counted(tables.length, 'table')}.\n`;
  const total = `\n${size(bytes)} in ${counted(touched.length, 'table')} ${verdict}.\n`;
  return (touched.length === 0 ? nothing : listing + total) + problems.join('');
}

function document(table: VacuumedTable): Record<string, unknown> {
  const { dataFiles, logFiles, bytes, error } = table;
  return {
    table: formatTableId(table),
    data_files: dataFiles,
    log_files: logFiles,
    bytes,
    error: error && errorDocument(error),
  };
}
