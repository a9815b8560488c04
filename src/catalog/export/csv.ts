import type { DuckDBValueConverter } from '@duckdb/node-api';
import { jsonConverter } from '../query/json-value.ts';
import type { RunningQuery } from '../query/run-sql.ts';
import { encodeTexts } from './encode-texts.ts';

/** What must stand in quotes (RFC 4180 §2.6); an empty text does, to tell it from null. */
const QUOTED = /[",\r\n]/;

function quote(text: string): string {
  if (text !== '' && !QUOTED.test(text)) return text;
  return `"${text.replaceAll('"', '""')}"`;
}

/**
 * A query's result as CSV (RFC 4180): UTF-8, a line of names first, lines end in CR LF. Null is an
 * empty field, an empty text is `""`; numbers are exact, times ISO 8601, lists and structs JSON.
 *
 * @param query whose texts, if it has texts, are `csvLine`s
 */
export async function* encodeCsv(query: RunningQuery): AsyncGenerator<Uint8Array, void, undefined> {
  yield Buffer.from(`${query.columns.map(({ name }) => quote(name)).join(',')}\r\n`);
  if (query.isText) return yield* encodeTexts(query);
  const convert = await csvConverter();
  for await (const chunk of query.chunks()) {
    const lines = chunk.convertRows(convert).map((row) => `${row.join(',')}\r\n`);
    yield Buffer.from(lines.join(''));
  }
}

/** The converter of one value to its field. */
async function csvConverter(): Promise<DuckDBValueConverter<string>> {
  const { DuckDBDecimalValue } = await import('@duckdb/node-api');
  const toJson = await jsonConverter();
  return (value, type) => {
    if (value === null) return '';
    if (typeof value === 'string') return quote(value);
    if (typeof value === 'bigint' || typeof value === 'boolean') return String(value);
    if (value instanceof DuckDBDecimalValue) return value.toString();
    const json = toJson(value, type, toJson);
    if (typeof json === 'number') return String(json);
    return quote(typeof json === 'string' ? json : JSON.stringify(json));
  };
}
