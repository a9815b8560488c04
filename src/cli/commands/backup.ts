import { join } from 'node:path';
import { formatTableId } from '../../catalog/table-id.ts';
import { readHomeSettings } from '../../context.ts';
import { backupHome } from '../../service/backup.ts';
import type { CommandContext } from '../command-context.ts';
import { jsonDocument } from '../output/json-document.ts';
import { counted, size } from '../output/quantities.ts';
import { tone } from '../terminal.ts';

export interface HomeOptions {
  readonly home?: string;
  readonly json?: true;
}

/** `chartlift backup`: a copy of the data folder with which another service can start. */
export async function backup(
  directory: string,
  { home: folder, json }: HomeOptions,
  { terminal }: CommandContext,
): Promise<void> {
  const { home, lake, databaseUrl } = readHomeSettings(terminal.env, folder);
  const made = await backupHome({
    home,
    lake: lake ?? join(home, 'lake'),
    databaseUrl,
    directory,
    signal: terminal.signal,
    onProgress: (progress) => {
      if (json) return;
      terminal.err(
        progress.part === 'database'
          ? 'database …\n'
          : `${progress.table} (${progress.done} of ${progress.tables}, ${size(progress.bytes)})\n`,
      );
    },
  });
  if (json) {
    terminal.out(
      jsonDocument({
        directory: made.directory,
        made_at: made.madeAt,
        database: made.database,
        lake: made.lake,
        bytes: made.bytes,
        tables: made.tables.map((table) => ({
          table: formatTableId(table),
          version: table.version,
          bytes: table.bytes,
        })),
        remarks: made.remarks,
      }),
    );
    return;
  }
  for (const remark of made.remarks) {
    terminal.err(`${tone(terminal.stderr, 'warn', 'warning')} ${remark}\n`);
  }
  const tables = `${counted(made.tables.length, 'table')}, ${size(made.bytes)}`;
  terminal.out(`${home} is copied to ${made.directory} (${tables})\n`);
}
