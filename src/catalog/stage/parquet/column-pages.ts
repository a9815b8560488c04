import {
  type ColumnValues,
  NULL_TEXT,
  type NumberValues,
  type TextValues,
} from '../part-values.ts';
import { bitPacked, repeated, widthOf } from './hybrid-encoding.ts';

/** Parquet's numbers for the encodings that are used here (`Encoding` in parquet.thrift). */
export const ENCODING = { PLAIN: 0, RLE: 3, RLE_DICTIONARY: 8 } as const;

/** The content of one column chunk before compression: a data page, and its dictionary if it is a text. */
export interface ColumnPages {
  readonly dictionary: { readonly values: number; readonly bytes: Uint8Array } | null;
  readonly data: { readonly encoding: number; readonly bytes: Uint8Array };
}

/** Encodes a column of a part of `rows` rows, every column being optional. */
export function columnPages(vector: ColumnValues, rows: number): ColumnPages {
  const levels = definitionLevels(vector, rows);
  if (vector.nulls === rows) {
    return { dictionary: null, data: { encoding: ENCODING.PLAIN, bytes: levels } };
  }
  if (vector.kind === 'number') {
    const bytes = Buffer.concat([levels, plainNumbers(vector, rows)]);
    return { dictionary: null, data: { encoding: ENCODING.PLAIN, bytes } };
  }
  return {
    dictionary: { values: vector.texts.length, bytes: plainTexts(vector.texts) },
    data: {
      encoding: ENCODING.RLE_DICTIONARY,
      bytes: Buffer.concat([levels, dictionaryPositions(vector, rows)]),
    },
  };
}

/** For each row 1, or 0 for null, with the length before it (parquet-format, "Data Pages"). */
function definitionLevels(vector: ColumnValues, rows: number): Uint8Array {
  const levels = vector.nulls === 0 ? repeated(1, rows, 1) : bitPacked(presence(vector, rows), 1);
  const bytes = Buffer.allocUnsafe(4 + levels.length);
  bytes.writeUInt32LE(levels.length);
  bytes.set(levels, 4);
  return bytes;
}

function presence(vector: ColumnValues, rows: number): Int32Array {
  const present = new Int32Array(rows);
  if (vector.kind === 'text') {
    for (const [row, id] of vector.ids.entries()) present[row] = id === NULL_TEXT ? 0 : 1;
  } else {
    for (const [row, value] of vector.values.entries()) present[row] = Number.isNaN(value) ? 0 : 1;
  }
  return present;
}

function plainNumbers({ values, nulls }: NumberValues, rows: number): Uint8Array {
  const bytes = Buffer.allocUnsafe(8 * (rows - nulls));
  let target = 0;
  for (const value of values) {
    if (!Number.isNaN(value)) target = bytes.writeDoubleLE(value, target);
  }
  return bytes;
}

/** Each text behind its length in bytes. */
function plainTexts(texts: readonly string[]): Uint8Array {
  const lengths = texts.map((text) => Buffer.byteLength(text));
  const bytes = Buffer.allocUnsafe(lengths.reduce((sum, length) => sum + 4 + length, 0));
  let target = 0;
  for (const [index, text] of texts.entries()) {
    target = bytes.writeUInt32LE(lengths[index] ?? 0, target);
    target += bytes.write(text, target);
  }
  return bytes;
}

/** Positions in the dictionary, behind a byte that tells their width. */
function dictionaryPositions({ ids, texts, nulls }: TextValues, rows: number): Uint8Array {
  const width = widthOf(texts.length);
  const positions = nulls === 0 ? ids : ids.filter((id) => id !== NULL_TEXT);
  const encoded =
    texts.length === 1 ? repeated(0, rows - nulls, width) : bitPacked(positions, width);
  return Buffer.concat([Uint8Array.of(width), encoded]);
}
