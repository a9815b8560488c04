import type { DuckDBDataChunk, DuckDBType } from '@duckdb/node-api';
import type { Data, DataType } from 'apache-arrow';
import { jsonConverter } from '../query/json-value.ts';
import type { QueryColumn } from '../query/query-columns.ts';
import { hasBit, type VectorTexts, vectorReader } from './raw-vector.ts';

/** One column of an Arrow stream on its way. */
export interface ArrowColumn {
  readonly name: string;
  readonly type: DataType;
  append(chunk: DuckDBDataChunk): void;
  /** What was appended since the last call, which is `rows` values. */
  flush(rows: number): Data;
}

/** Values as they lie in Arrow's buffers ("Arrow Columnar Format", Physical Memory Layout). */
interface Buffers {
  readonly data: Uint8Array;
  readonly valueOffsets?: Int32Array;
}

/** How values of one type become Arrow's. */
interface Layout<Read> {
  readonly type: DataType;
  read(chunk: DuckDBDataChunk, column: number): Read;
  /** Of all that was read for a batch; what a null has is any value. */
  buffers(read: readonly Read[]): Buffers;
}

/** Which rows of a chunk have a value; null: all. */
interface Validity {
  readonly bits: Uint8Array | null;
  readonly rows: number;
}

/**
 * Columns of a query's result in Arrow's types: texts are Utf8; whole numbers and floats as wide as
 * they are; decimals and 128-bit integers Decimal128; booleans Bool; dates Date32; timestamps
 * Timestamp of their unit, with time zone UTC if they have one; all else Utf8, lists and structs as JSON.
 */
export async function arrowColumns(columns: readonly QueryColumn[]): Promise<ArrowColumn[]> {
  const { makeData } = await import('apache-arrow');
  const { validity } = await vectorReader();
  const layoutOf = await arrowLayouts();
  return columns.map(({ name, type }, column) => {
    const layout = layoutOf(type);
    let read: unknown[] = [];
    let valid: Validity[] = [];
    return {
      name,
      type: layout.type,
      append(chunk) {
        read.push(layout.read(chunk, column));
        valid.push({ bits: validity(chunk, column), rows: chunk.rowCount });
      },
      flush(rows) {
        const buffers = layout.buffers(read);
        const nulls = nullsOf(valid, rows);
        read = [];
        valid = [];
        // The buffers fit the type by construction, which the library's types cannot follow.
        return makeData({ type: layout.type, length: rows, ...nulls, ...buffers } as never);
      },
    };
  });
}

function nullsOf(parts: readonly Validity[], rows: number) {
  if (parts.every(({ bits }) => bits === null)) return { nullBitmap: null, nullCount: 0 };
  const nullBitmap = new Uint8Array(Math.ceil(rows / 8));
  let nullCount = rows;
  let at = 0;
  for (const { bits, rows: count } of parts) {
    for (let row = 0; row < count; row += 1, at += 1) {
      if (bits !== null && !hasBit(bits, row)) continue;
      setBit(nullBitmap, at);
      nullCount -= 1;
    }
  }
  return { nullBitmap, nullCount };
}

function setBit(bits: Uint8Array, place: number): void {
  const byte = place >> 3;
  bits[byte] = (bits[byte] ?? 0) | (1 << (place & 7));
}

async function arrowLayouts(): Promise<(type: DuckDBType) => Layout<unknown>> {
  const arrow = await import('apache-arrow');
  const duckdb = await import('@duckdb/node-api');
  const { DuckDBTypeId } = duckdb;
  const reader = await vectorReader();
  const toJson = await jsonConverter();

  /** Of as many bytes, and in the same form, in the engine and in Arrow. */
  const same = (type: DataType, width: number): Layout<Uint8Array> => ({
    type,
    read: (chunk, column) => reader.cells(chunk, column, width),
    buffers: (read) => ({ data: joined(read) }),
  });
  const booleans: Layout<Uint8Array> = {
    type: new arrow.Bool(),
    read: (chunk, column) => reader.cells(chunk, column, 1),
    buffers: (read) => ({ data: bitsOf(joined(read)) }),
  };
  /** The engine has them in as few bytes as hold `width` digits. */
  const decimals = (width: number, scale: number): Layout<Uint8Array> => {
    const bytes = width <= 4 ? 2 : width <= 9 ? 4 : width <= 18 ? 8 : 16;
    return {
      type: new arrow.Decimal(scale, width, 128),
      read: (chunk, column) => widened(reader.cells(chunk, column, bytes), bytes),
      buffers: (read) => ({ data: joined(read) }),
    };
  };
  const texts: Layout<VectorTexts> = {
    type: new arrow.Utf8(),
    read: (chunk, column) => reader.texts(chunk, column),
    buffers: textBuffers,
  };
  const json: Layout<VectorTexts> = {
    ...texts,
    read: (chunk, column) =>
      textsOf(
        chunk.convertColumnValues(column, toJson).map((value) => {
          if (value === null) return '';
          return typeof value === 'string' ? value : JSON.stringify(value);
        }),
      ),
  };
  const { Timestamp, TimeUnit } = arrow;
  return (type) => {
    if (type instanceof duckdb.DuckDBDecimalType) return decimals(type.width, type.scale);
    switch (type.typeId) {
      case DuckDBTypeId.DOUBLE:
        return same(new arrow.Float64(), 8);
      case DuckDBTypeId.FLOAT:
        return same(new arrow.Float32(), 4);
      case DuckDBTypeId.TINYINT:
        return same(new arrow.Int8(), 1);
      case DuckDBTypeId.SMALLINT:
        return same(new arrow.Int16(), 2);
      case DuckDBTypeId.INTEGER:
        return same(new arrow.Int32(), 4);
      case DuckDBTypeId.BIGINT:
        return same(new arrow.Int64(), 8);
      case DuckDBTypeId.UTINYINT:
        return same(new arrow.Uint8(), 1);
      case DuckDBTypeId.USMALLINT:
        return same(new arrow.Uint16(), 2);
      case DuckDBTypeId.UINTEGER:
        return same(new arrow.Uint32(), 4);
      case DuckDBTypeId.UBIGINT:
        return same(new arrow.Uint64(), 8);
      case DuckDBTypeId.HUGEINT:
        return decimals(38, 0);
      case DuckDBTypeId.BOOLEAN:
        return booleans;
      case DuckDBTypeId.DATE:
        return same(new arrow.DateDay(), 4);
      case DuckDBTypeId.TIMESTAMP:
        return same(new Timestamp(TimeUnit.MICROSECOND), 8);
      case DuckDBTypeId.TIMESTAMP_TZ:
        return same(new Timestamp(TimeUnit.MICROSECOND, 'UTC'), 8);
      case DuckDBTypeId.TIMESTAMP_S:
        return same(new Timestamp(TimeUnit.SECOND), 8);
      case DuckDBTypeId.TIMESTAMP_MS:
        return same(new Timestamp(TimeUnit.MILLISECOND), 8);
      case DuckDBTypeId.TIMESTAMP_NS:
        return same(new Timestamp(TimeUnit.NANOSECOND), 8);
      case DuckDBTypeId.VARCHAR:
        return texts;
      default:
        return json;
    }
  };
}

/** In memory of their own, so that numbers begin where numbers of any width may. */
function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function bitsOf(bytes: Uint8Array): Uint8Array {
  const bits = new Uint8Array(Math.ceil(bytes.length / 8));
  for (const [row, byte] of bytes.entries()) if (byte !== 0) setBit(bits, row);
  return bits;
}

/** Whole numbers of some bytes as such of 16. */
function widened(cells: Uint8Array, bytes: 2 | 4 | 8 | 16): Uint8Array {
  if (bytes === 16) return cells;
  const view = new DataView(cells.buffer, cells.byteOffset, cells.byteLength);
  const words = new BigInt64Array((cells.length / bytes) * 2);
  for (let at = 0, word = 0; at < cells.length; at += bytes, word += 2) {
    const value =
      bytes === 8
        ? view.getBigInt64(at, true)
        : BigInt(bytes === 4 ? view.getInt32(at, true) : view.getInt16(at, true));
    words[word] = value;
    words[word + 1] = value < 0n ? -1n : 0n;
  }
  return new Uint8Array(words.buffer);
}

function textsOf(texts: readonly string[]): VectorTexts {
  return {
    bytes: Buffer.from(texts.join('')),
    lengths: Uint32Array.from(texts, (text) => Buffer.byteLength(text)),
  };
}

function textBuffers(read: readonly VectorTexts[]): Buffers {
  const lengths = read.map((texts) => texts.lengths);
  const valueOffsets = new Int32Array(lengths.reduce((sum, { length }) => sum + length, 1));
  let row = 0;
  let end = 0;
  for (const some of lengths) {
    for (const length of some) {
      end += length;
      row += 1;
      valueOffsets[row] = end;
    }
  }
  return { data: joined(read.map(({ bytes }) => bytes)), valueOffsets };
}
