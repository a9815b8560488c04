import { z } from 'zod';
import { ChartliftError } from '../../errors.ts';

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
  /** How many characters of it the engine did not see before its position 0; negative: it saw more. */
  readonly offset: number;
  /** The tables that there are, as `layer.table`. */
  readonly tables: readonly string[];
}

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

function placeOf(position: number | undefined, { text, offset }: SqlErrorContext): string {
  if (position === undefined) return '';
  const before = Buffer.from(text.slice(Math.max(offset, 0)))
    .subarray(0, position)
    .toString();
  const at = Math.max(offset, 0) + before.length + Math.min(offset, 0);
  const lines = text.slice(0, Math.max(at, 0)).split('\n');
  const line = lines.length;
  const column = (lines.at(-1)?.length ?? 0) + 1;
  return line === 1 ? ` (character ${column})` : ` (line ${line}, character ${column})`;
}

function hintFor(error: EngineError, { tables }: SqlErrorContext): string {
  const [, ...advice] = error.exception_message.split('\n');
  const own = advice.join(' ').trim();
  if (error.exception_type === 'Permission') {
    return 'Queries read the tables of the lake and nothing else; load other data into the lake first.';
  }
  if (error.exception_type === 'Out of Memory') {
    return 'Select fewer columns or rows, or aggregate in steps.';
  }
  if (error.exception_type === 'Catalog' && /^(Table|Schema) /.test(error.exception_message)) {
    return tables.length > 0
      ? `Tables there are: ${tables.join(', ')}.`
      : 'The lake holds no table yet; a sync makes them.';
  }
  return own === '' ? 'Correct the query and run it again.' : own;
}

/** An error of DuckDB for the person who wrote the query: what, where, and what there is instead. */
export function explainSqlError(thrown: unknown, context: SqlErrorContext): unknown {
  const error = parseEngineError(thrown);
  if (error === null) return thrown;
  const [what = ''] = error.exception_message.split('\n');
  const place = placeOf(error.position, context);
  const sentence = `${what.replace(/[.!]$/, '')}${place}.`;
  const code = error.exception_type === 'Permission' ? 'sql_refused' : 'sql_failed';
  return new ChartliftError(code, sentence, hintFor(error, context), { cause: thrown });
}
