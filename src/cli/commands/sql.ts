import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { openLakeReader } from '../../catalog/lake-reader.ts';
import { ChartliftError } from '../../errors.ts';
import type { CommandContext } from '../command-context.ts';
import { rowFormat } from '../output/row-format.ts';
import type { SqlFormat } from '../output/sql-format.ts';

export interface SqlOptions {
  readonly lake: string;
  readonly versionOf: readonly string[];
  readonly format: SqlFormat;
  /** Seconds. */
  readonly timeout: number;
}

/** Types of DuckDB that stand right-aligned in a table. */
const NUMERIC = /^(?:U?(?:TINY|SMALL|BIG|HUGE)?INT(?:EGER)?|DOUBLE|FLOAT|DECIMAL.*)$/;

/** `chartlift sql`: one query over the tables of a lake. */
export async function sql(
  query: string,
  options: SqlOptions,
  { terminal }: CommandContext,
): Promise<void> {
  const reader = await openLakeReader(options.lake);
  try {
    const result = await reader.sql(query === '-' ? await text(process.stdin) : query, {
      versions: readVersions(options.versionOf),
      limits: { timeMs: options.timeout * 1_000 },
      signal: terminal.signal,
    });
    const format = rowFormat(
      options.format,
      result.columns.map(({ name, type }) => ({ name, numeric: NUMERIC.test(type) })),
    );
    terminal.out(format.start());
    for await (const rows of result.chunks()) {
      terminal.out(format.rows(rows));
      if (terminal.stdout.writableNeedDrain) await once(terminal.stdout, 'drain');
    }
    terminal.out(format.end());
  } finally {
    await reader.close();
  }
}

/** Reads `layer.table=3`, as often as it is given. */
function readVersions(texts: readonly string[]): ReadonlyMap<string, number> {
  return new Map(
    texts.map((text) => {
      const [, table, version] = /^([^=]+)=(\d{1,15})$/.exec(text) ?? [];
      if (table !== undefined && version !== undefined) return [table, Number(version)];
      throw new ChartliftError(
        'usage',
        `${JSON.stringify(text)} does not name a version.`,
        'Write it as layer.table=number, for example --version-of raw.chart_abc123=3; chartlift history lists the versions.',
      );
    }),
  );
}
