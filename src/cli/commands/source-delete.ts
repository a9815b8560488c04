import { ChartliftError } from '../../errors.ts';
import type { CommandContext } from '../command-context.ts';
import { jsonDocument } from '../output/json-document.ts';
import { printable } from '../output/printable.ts';
import { count, counted, size } from '../output/quantities.ts';
import { textTable } from '../output/text-table.ts';
import type { ApiRemoval } from '../service/api-types.ts';
import { findSource } from '../service/find-source.ts';
import { connectService } from '../service/service-api.ts';

export interface SourceDeleteOptions {
  readonly dropTables?: true;
  readonly dryRun?: true;
  readonly yes?: true;
  readonly json?: true;
}

/** `chartlift source delete`: says what would go; does it with `--yes`. */
export async function sourceDelete(
  name: string,
  { dropTables, dryRun, yes, json }: SourceDeleteOptions,
  { terminal }: CommandContext,
): Promise<void> {
  const api = await connectService(terminal);
  const source = await findSource(api, name);
  const tables = dropTables ? 'drop' : 'keep';
  const would = await api.deleteSource(source.id, { tables, dry_run: true });
  if (!json) terminal.out(describe(source.name, would));
  if (!yes) {
    if (json) terminal.out(jsonDocument(would));
    if (dryRun) return;
    throw new ChartliftError(
      'usage',
      'Nothing was deleted.',
      'Run it again with --yes to delete the source.',
    );
  }
  const removal = await api.deleteSource(source.id, { tables, dry_run: false });
  terminal.out(json ? jsonDocument(removal) : `deleted ${printable(source.name)}\n`);
}

function describe(name: string, { tables, dropped, followers }: ApiRemoval): string {
  const what = dropped ? 'dropped, with all their versions' : 'kept in the catalog';
  const listed = textTable(
    [
      { header: '  TABLE', align: 'left' },
      { header: 'ROWS', align: 'right' },
      { header: 'SIZE', align: 'right' },
    ],
    tables.map(({ table, rows, bytes }) => [
      `  ${table}`,
      rows === null ? '?' : count(rows),
      bytes === null ? '?' : size(bytes),
    ]),
  );
  return [
    `${printable(name)} goes with its runs.\n`,
    tables.length === 0 ? 'It has no tables.\n' : '',
    tables.length === 0 ? '' : `${counted(tables.length, 'table')}, ${what}:\n${listed}`,
    followers.length === 0
      ? ''
      : `These sources run after it and need another trigger first: ${followers.map(printable).join(', ')}\n`,
  ].join('');
}
