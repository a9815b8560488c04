import {
  type ExportFormat,
  type ExportSource,
  exportRows,
  type RowExport,
} from '../catalog/export/export-rows.ts';
import type { FactTable } from '../catalog/query/fact-table.ts';
import type { JsonValue } from '../catalog/query/json-value.ts';
import type { SqlColumn } from '../catalog/query/run-sql.ts';
import { ChartliftError } from '../errors.ts';
import type { RunStore } from '../state/runs.ts';
import type { SourceStore } from '../state/sources.ts';
import { serviceFacts } from './facts.ts';
import type { Tables } from './tables.ts';

export interface QueryParts {
  readonly tables: Tables;
  readonly runs: RunStore;
  readonly sources: SourceStore;
  readonly lake: string;
}

/** One query of a person, over the lake and the service's own facts. */
export interface Query {
  readonly text: string;
  /** Rows at most; the answer says whether there were more. */
  readonly maxRows: number;
  /** Time that the engine may work, in ms. */
  readonly timeMs: number;
  /** Older versions to read, by `layer.table`. */
  readonly versions: ReadonlyMap<string, number>;
  /** Stops the query. */
  readonly signal: AbortSignal;
}

export interface QueryAnswer {
  readonly columns: readonly SqlColumn[];
  readonly rows: readonly (readonly JsonValue[])[];
  /** Whether there were more rows than asked for. */
  readonly truncated: boolean;
  readonly durationMs: number;
}

/** Characters of all values of an answer together: it is in memory as a whole, twice. Exports have no such limit. */
const LARGEST_ANSWER = 32 * 1024 * 1024;

/** Answers queries. */
export class Queries {
  readonly #parts: QueryParts;

  constructor(parts: QueryParts) {
    this.#parts = parts;
  }

  /** The tables of SQL that the service has beside those of the lake. */
  facts(): readonly FactTable[] {
    const { runs, sources, lake } = this.#parts;
    return serviceFacts(runs, sources, lake);
  }

  /**
   * The rows of a table or query as a file that is made while it is read.
   * @throws ChartliftError as {@link answer} does; `table_not_found`, `version_not_found`
   */
  async export(
    source: ExportSource,
    format: ExportFormat,
    { timeMs, signal }: { readonly timeMs?: number; readonly signal: AbortSignal },
  ): Promise<RowExport> {
    const limits = timeMs === undefined ? {} : { timeMs };
    return exportRows(await this.#parts.tables.reader(), source, format, {
      limits,
      signal,
      facts: this.facts(),
    });
  }

  /** @throws ChartliftError `sql_refused`, `sql_failed` with its place, `sql_time_limit`, … */
  async answer({ text, maxRows, timeMs, versions, signal }: Query): Promise<QueryAnswer> {
    const started = performance.now();
    const reader = await this.#parts.tables.reader();
    const result = await reader.sql(text, {
      versions,
      limits: { timeMs },
      signal,
      maxRows,
      facts: this.facts(),
    });
    const rows: (readonly JsonValue[])[] = [];
    let size = 0;
    for await (const chunk of result.chunks()) {
      for (const row of chunk) {
        size += sizeOf(row);
        if (size > LARGEST_ANSWER) throw answerTooLarge();
        rows.push(row);
      }
    }
    return {
      columns: result.columns,
      rows,
      truncated: result.truncated,
      durationMs: Math.round(performance.now() - started),
    };
  }
}

/** About how many characters a value takes in JSON. */
function sizeOf(value: JsonValue | readonly JsonValue[]): number {
  if (typeof value === 'string') return value.length + 3;
  if (typeof value !== 'object' || value === null) return 5;
  let size = 2;
  for (const [key, inner] of Object.entries(value)) size += key.length + sizeOf(inner);
  return size;
}

function answerTooLarge(): ChartliftError {
  return new ChartliftError(
    'sql_failed',
    `The result has more than ${LARGEST_ANSWER / 1024 / 1024} MiB.`,
    'Select fewer rows or columns, or export the result: POST /api/v1/sql/export.',
  );
}
