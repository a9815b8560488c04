import { jsonConverter } from '../query/json-value.ts';
import type { RunningQuery } from '../query/run-sql.ts';
import { encodeTexts } from './encode-texts.ts';

/**
 * A query's result as JSON lines: UTF-8, one object a row, values as `LakeReader.sql` gives them.
 *
 * @param query whose texts, if it has texts, are `jsonLine`s
 */
export async function* encodeJsonLines(
  query: RunningQuery,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (query.isText) return yield* encodeTexts(query);
  const convert = await jsonConverter();
  const keys = query.columns.map(
    ({ name }, index) => `${index === 0 ? '{' : ','}${JSON.stringify(name)}:`,
  );
  for await (const chunk of query.chunks()) {
    let lines = '';
    for (const row of chunk.convertRows(convert)) {
      for (const [index, value] of row.entries()) lines += keys[index] + JSON.stringify(value);
      lines += '}\n';
    }
    yield Buffer.from(lines);
  }
}
