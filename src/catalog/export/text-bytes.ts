import type { DuckDBDataChunk } from '@duckdb/node-api';
import type { RunningQuery } from '../query/run-sql.ts';

/** Bytes of a text in a vector: its length, then the text itself if it is short, else a pointer to it. */
const SLOT = 16;
const SHORT = 12;
const TEXT_AT = 4;
const POINTER_AT = 8;

/** The rows of a query, each of which is one text. */
export async function* encodeTexts(
  query: RunningQuery,
): AsyncGenerator<Uint8Array, void, undefined> {
  const read = await textReader();
  for await (const chunk of query.chunks()) yield read(chunk);
}

/**
 * Reads chunks whose one column is of texts, none of them null, as the texts one after the other in UTF-8.
 *
 * The library would make a string of each, from which bytes are made again. These are the bytes as they lie in
 * the engine's memory (DuckDB documentation, "C API, Vectors, Strings"), where texts that were just made
 * follow each other: most of a chunk is one piece.
 */
async function textReader(): Promise<(chunk: DuckDBDataChunk) => Buffer> {
  const { default: duckdb } = await import('@duckdb/node-bindings');
  return (chunk) => {
    const count = chunk.rowCount;
    const slots = duckdb.vector_get_data(
      duckdb.data_chunk_get_vector(chunk.chunk, 0),
      count * SLOT,
    );
    const { byteOffset } = slots;
    const buffer = slots.buffer as ArrayBuffer;
    const view = new DataView(buffer, byteOffset, slots.byteLength);
    const pieces: Uint8Array[] = [];
    let total = 0;
    for (let row = 0; row < count; ) {
      const slot = row * SLOT;
      let length = view.getUint32(slot, true);
      row += 1;
      if (length <= SHORT) {
        pieces.push(new Uint8Array(buffer, byteOffset + slot + TEXT_AT, length));
      } else {
        const start = view.getBigUint64(slot + POINTER_AT, true);
        for (; row < count; row += 1) {
          const next = view.getUint32(row * SLOT, true);
          if (next <= SHORT) break;
          if (view.getBigUint64(row * SLOT + POINTER_AT, true) !== start + BigInt(length)) break;
          length += next;
        }
        pieces.push(duckdb.get_data_from_pointer(buffer, byteOffset + slot + POINTER_AT, length));
      }
      total += length;
    }
    const bytes = Buffer.concat(pieces, total);
    // The chunk owns what was just copied: it must be there until now.
    if (chunk.rowCount !== count) throw new Error('The chunk changed while it was read.');
    return bytes;
  };
}
