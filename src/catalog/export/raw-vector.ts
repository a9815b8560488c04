import type { DuckDBDataChunk } from '@duckdb/node-api';

/** Bytes to which a pointer in a buffer points. */
type Follow = (buffer: ArrayBuffer, pointerAt: number, bytes: number) => Uint8Array;

/** Bytes of a text in a vector: its length, then the text itself if it is short, else a pointer to it. */
const SLOT = 16;
const SHORT = 12;
const TEXT_AT = 4;
const POINTER_AT = 8;

/** Texts one after the other in UTF-8, and the bytes of each. */
export interface VectorTexts {
  readonly bytes: Buffer;
  readonly lengths: Uint32Array;
}

/**
 * Reads columns of a chunk as they lie in the engine's memory (DuckDB documentation, "C API, Vectors"), where
 * the library would make a value of JavaScript of each cell. All that it gives are copies.
 */
export interface VectorReader {
  /** Cells of `width` bytes each; what a null has is any value. */
  cells(chunk: DuckDBDataChunk, column: number, width: number): Uint8Array;
  /** A bit for each row, 1 where there is a value, the lowest bit first; null: all rows have one. */
  validity(chunk: DuckDBDataChunk, column: number): Uint8Array | null;
  /** Texts; a null is an empty one. */
  texts(chunk: DuckDBDataChunk, column: number): VectorTexts;
}

/** The binding is loaded here, with the engine, and not before. */
export async function vectorReader(): Promise<VectorReader> {
  const { default: duckdb } = await import('@duckdb/node-bindings');
  const validity = (chunk: DuckDBDataChunk, column: number) => {
    const vector = duckdb.data_chunk_get_vector(chunk.chunk, column);
    // In words of 64 bits; there are none where all rows have a value, whatever the types say.
    const bits: Uint8Array | null = duckdb.vector_get_validity(
      vector,
      Math.ceil(chunk.rowCount / 64) * 8,
    );
    return bits?.slice() ?? null;
  };
  const cells = (chunk: DuckDBDataChunk, column: number, width: number) => {
    const vector = duckdb.data_chunk_get_vector(chunk.chunk, column);
    return duckdb.vector_get_data(vector, chunk.rowCount * width);
  };
  return {
    cells: (chunk, column, width) => cells(chunk, column, width).slice(),
    validity,
    texts(chunk, column) {
      const texts = readTexts(
        duckdb.get_data_from_pointer,
        cells(chunk, column, SLOT),
        validity(chunk, column),
      );
      // The chunk owns what was just copied: it must be there until now.
      if (chunk.rowCount !== texts.lengths.length) throw new Error('The chunk changed meanwhile.');
      return texts;
    },
  };
}

/**
 * Texts that were just made follow each other in memory, and those of a dictionary are there once for many rows:
 * asking for each by its pointer would take most of the time.
 */
function readTexts(follow: Follow, slots: Uint8Array, valid: Uint8Array | null): VectorTexts {
  const { byteOffset, byteLength } = slots;
  // The binding makes no shared ones.
  const buffer = slots.buffer as ArrayBuffer;
  const view = new DataView(buffer, byteOffset, byteLength);
  const lengths = new Uint32Array(byteLength / SLOT);
  const pieces: Uint8Array[] = [];
  const known = new Map<bigint, Uint8Array>();
  let total = 0;
  for (let row = 0; row < lengths.length; ) {
    const slot = row * SLOT;
    if (valid !== null && !hasBit(valid, row)) {
      row += 1;
      continue;
    }
    let length = view.getUint32(slot, true);
    lengths[row] = length;
    row += 1;
    if (length <= SHORT) {
      pieces.push(new Uint8Array(buffer, byteOffset + slot + TEXT_AT, length));
      total += length;
      continue;
    }
    const start = view.getBigUint64(slot + POINTER_AT, true);
    const before = known.get(start);
    if (before?.length === length) {
      pieces.push(before);
      total += length;
      continue;
    }
    const first = row;
    for (; row < lengths.length; row += 1) {
      if (valid !== null && !hasBit(valid, row)) break;
      const next = view.getUint32(row * SLOT, true);
      if (next <= SHORT) break;
      if (view.getBigUint64(row * SLOT + POINTER_AT, true) !== start + BigInt(length)) break;
      lengths[row] = next;
      length += next;
    }
    const piece = follow(buffer, byteOffset + slot + POINTER_AT, length);
    if (row === first) known.set(start, piece);
    pieces.push(piece);
    total += length;
  }
  return { bytes: Buffer.concat(pieces, total), lengths };
}

/** Whether a bit is 1, the lowest of each byte first. */
export function hasBit(bits: Uint8Array, place: number): boolean {
  return (((bits[place >> 3] ?? 0) >> (place & 7)) & 1) === 1;
}
