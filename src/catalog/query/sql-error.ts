import { z } from 'zod';
import { ChartliftError, type TextPlace } from '../../errors.ts';
import { nameTables } from '../table-id.ts';

/** An error of DuckDB with the setting `errors_as_json`. */
const errorSchema = z.object({
  exception_type: z.string(),
  exception_message: z.string(),
  error_subtype: z.string().optional(),
  /** In bytes of the statement's UTF-8 text. */
  position: z.coerce.number().optional(),
  candidates: z.string().optional(),
});

type EngineError = z.output<typeof errorSchema>;

/** What can be said beside the engine's own words. */
export interface SqlErrorContext {
  /** The whole text that the person wrote. */
  readonly text: string;
  /** Where in it the query begins that the engine saw, in characters. */
  readonly offset: number;
  /** What the engine saw before that query: bytes of ASCII. */
  readonly prefix: string;
  /** The tables that there are, as `layer.table`. */
  readonly tables: readonly string[];
  /** Columns of the tables that the query names. */
  readonly columns: readonly string[];
}

/** More are not listed: nobody reads them. */
const MOST_COLUMNS = 40;

/** How DuckDB says that a query names a column that its tables do not have. */
const NO_COLUMN = /^Referenced column (".*") (was )?not found in FROM clause/;

/** Reads an error that DuckDB threw; null when it is of another kind. */
export function parseEngineError(thrown: unknown): EngineError | null {
  if (!(thrown instanceof Error)) return null;
  const start = thrown.message.indexOf('{');
  if (start < 0) return null;
  try {
    return errorSchema.parse(JSON.parse(thrown.message.slice(start)));
  } catch {
    // Not from DuckDB; the caller still has the error itself.
    return null;
  }
}

function placeOf(position: number | undefined, context: SqlErrorContext): TextPlace | null {
  if (position === undefined) return null;
  const { text, offset, prefix } = context;
  const bytes = Math.max(position - prefix.length, 0);
  const before = Buffer.from(text.slice(offset)).subarray(0, bytes).toString();
  const lines = text.slice(0, offset + before.length).split('\n');
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

function formatPlace(place: TextPlace | null): string {
  if (place === null) return '';
  const { line, column } = place;
  return line === 1 ? ` (character ${column})` : ` (line ${line}, character ${column})`;
}

function hintFor(error: EngineError, { tables, columns }: SqlErrorContext): string {
  const [, ...advice] = error.exception_message.split('\n');
  const own = advice.join(' ').trim();
  if (error.exception_type === 'Permission') {
    return 'Queries read the tables of the lake and nothing else; load other data into the lake first.';
  }
  if (error.exception_type === 'Out of Memory') {
    return 'Select fewer columns or rows, or aggregate in steps.';
  }
  if (NO_COLUMN.test(error.exception_message) && columns.length > 0) {
    const more = columns.length > MOST_COLUMNS ? ', …' : '';
    return `Columns of the tables in the query: ${columns.slice(0, MOST_COLUMNS).join(', ')}${more}.`;
  }
  if (error.exception_type === 'Catalog' && /^(Table|Schema) /.test(error.exception_message)) {
    return nameTables(tables);
  }
  return own === '' ? 'Correct the query and run it again.' : own;
}

/** An error of DuckDB for the person who wrote the query: what, where, and what there is instead. */
export function explainSqlError(thrown: unknown, context: SqlErrorContext): unknown {
  const error = parseEngineError(thrown);
  if (error === null) return thrown;
  const [said = ''] = error.exception_message.split('\n');
  const what = said.replace(NO_COLUMN, 'There is no column $1');
  const place = placeOf(error.position, context);
  const sentence = `${what.replace(/[.!]$/, '')}${formatPlace(place)}.`;
  const code = error.exception_type === 'Permission' ? 'sql_refused' : 'sql_failed';
  return new ChartliftError(code, sentence, hintFor(error, context), {
    cause: thrown,
    ...(place === null ? {} : { place }),
  });
}
