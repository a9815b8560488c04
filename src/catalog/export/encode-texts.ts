import type { RunningQuery } from '../query/run-sql.ts';
import { vectorReader } from './raw-vector.ts';

/** The rows of a query, each of which is one text. */
export async function* encodeTexts(
  query: RunningQuery,
): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = await vectorReader();
  for await (const chunk of query.chunks()) yield reader.texts(chunk, 0).bytes;
}
