import type { DuckDBType, DuckDBValue, DuckDBValueConverter } from '@duckdb/node-api';
import type { Data, DataType } from 'apache-arrow';
import { type JsonValue, jsonConverter } from '../query/json-value.ts';

/** One column of an Arrow stream on its way. */
export interface ArrowColumn {
  readonly name: string;
  readonly type: DataType;
  append(values: readonly DuckDBValue[]): void;
  /** What was appended since the last call, which is `rows` values. */
  flush(rows: number): Data;
}

type Numbers = Float64Array | Float32Array | Int32Array | Int16Array | Int8Array;
type Unsigned = Uint32Array | Uint16Array | Uint8Array;

/** How values of one type lie in Arrow's buffers ("Arrow Columnar Format", Physical Memory Layout). */
interface Layout {
  readonly type: DataType;
  /** The buffers of a batch; a null has any value. */
  buffers(values: readonly DuckDBValue[]): {
    readonly data: ArrayBufferView;
    readonly valueOffsets?: Int32Array;
  };
}

/**
 * Columns of a query's result in Arrow's types: texts are Utf8; whole numbers and floats as wide as
 * they are; decimals and 128-bit integers Decimal128; booleans Bool; dates Date32; timestamps
 * Timestamp of their unit, with time zone UTC if they have one; all else Utf8, lists and structs as JSON.
 */
export async function arrowColumns(
  columns: readonly { readonly name: string; readonly type: DuckDBType }[],
): Promise<ArrowColumn[]> {
  const { makeData } = await import('apache-arrow');
  const layoutOf = await arrowLayouts();
  return columns.map(({ name, type }) => {
    const layout = layoutOf(type);
    let values: DuckDBValue[] = [];
    return {
      name,
      type: layout.type,
      append(more) {
        for (const value of more) values.push(value);
      },
      flush(rows) {
        const { nullBitmap, nullCount } = validity(values);
        const buffers = layout.buffers(values);
        values = [];
        // The buffers fit the type by construction, which the library's types cannot follow.
        return makeData({
          type: layout.type,
          length: rows,
          nullCount,
          nullBitmap,
          ...buffers,
        } as never);
      },
    };
  });
}

function validity(values: readonly DuckDBValue[]): { nullBitmap: Uint8Array; nullCount: number } {
  const nullBitmap = new Uint8Array(Math.ceil(values.length / 8));
  let nullCount = 0;
  for (let row = 0; row < values.length; row += 1) {
    if (values[row] === null) nullCount += 1;
    else setBit(nullBitmap, row);
  }
  return { nullBitmap, nullCount };
}

function setBit(bits: Uint8Array, row: number): void {
  const byte = row >> 3;
  bits[byte] = (bits[byte] ?? 0) | (1 << (row & 7));
}

async function arrowLayouts(): Promise<(type: DuckDBType) => Layout> {
  const arrow = await import('apache-arrow');
  const duckdb = await import('@duckdb/node-api');
  const { DuckDBTypeId } = duckdb;
  const toJson = await jsonConverter();
  const numbers = (type: DataType, make: (length: number) => Numbers | Unsigned): Layout => ({
    type,
    buffers(values) {
      const data = make(values.length);
      for (let row = 0; row < values.length; row += 1) data[row] = Number(values[row] ?? 0);
      return { data };
    },
  });
  const bigints = (type: DataType, read: (value: DuckDBValue) => bigint): Layout => ({
    type,
    buffers(values) {
      const data = new BigInt64Array(values.length);
      for (let row = 0; row < values.length; row += 1) data[row] = read(values[row] ?? 0n);
      return { data };
    },
  });
  const decimals = (width: number, scale: number): Layout => ({
    type: new arrow.Decimal(scale, width, 128),
    buffers(values) {
      const words = new BigInt64Array(2 * values.length);
      for (let row = 0; row < values.length; row += 1) {
        const value = values[row] ?? 0n;
        const whole = value instanceof duckdb.DuckDBDecimalValue ? value.value : toBigint(value);
        words[2 * row] = BigInt.asIntN(64, whole);
        words[2 * row + 1] = whole >> 64n;
      }
      return { data: new Uint32Array(words.buffer) };
    },
  });
  const { Timestamp, TimeUnit } = arrow;
  return (type) => {
    if (type instanceof duckdb.DuckDBDecimalType) return decimals(type.width, type.scale);
    switch (type.typeId) {
      case DuckDBTypeId.DOUBLE:
        return numbers(new arrow.Float64(), (length) => new Float64Array(length));
      case DuckDBTypeId.FLOAT:
        return numbers(new arrow.Float32(), (length) => new Float32Array(length));
      case DuckDBTypeId.TINYINT:
        return numbers(new arrow.Int8(), (length) => new Int8Array(length));
      case DuckDBTypeId.SMALLINT:
        return numbers(new arrow.Int16(), (length) => new Int16Array(length));
      case DuckDBTypeId.INTEGER:
        return numbers(new arrow.Int32(), (length) => new Int32Array(length));
      case DuckDBTypeId.UTINYINT:
        return numbers(new arrow.Uint8(), (length) => new Uint8Array(length));
      case DuckDBTypeId.USMALLINT:
        return numbers(new arrow.Uint16(), (length) => new Uint16Array(length));
      case DuckDBTypeId.UINTEGER:
        return numbers(new arrow.Uint32(), (length) => new Uint32Array(length));
      case DuckDBTypeId.BIGINT:
        return bigints(new arrow.Int64(), toBigint);
      case DuckDBTypeId.UBIGINT: {
        const layout = bigints(new arrow.Uint64(), toBigint);
        return { ...layout, buffers: (values) => unsigned(layout.buffers(values).data) };
      }
      case DuckDBTypeId.HUGEINT:
        return decimals(38, 0);
      case DuckDBTypeId.BOOLEAN:
        return { type: new arrow.Bool(), buffers: (values) => ({ data: bits(values) }) };
      case DuckDBTypeId.DATE:
        return {
          type: new arrow.DateDay(),
          buffers: (values) => ({
            data: Int32Array.from(values, (value) =>
              value instanceof duckdb.DuckDBDateValue ? value.days : 0,
            ),
          }),
        };
      case DuckDBTypeId.TIMESTAMP:
        return bigints(new Timestamp(TimeUnit.MICROSECOND), (value) =>
          value instanceof duckdb.DuckDBTimestampValue ? value.micros : 0n,
        );
      case DuckDBTypeId.TIMESTAMP_TZ:
        return bigints(new Timestamp(TimeUnit.MICROSECOND, 'UTC'), (value) =>
          value instanceof duckdb.DuckDBTimestampTZValue ? value.micros : 0n,
        );
      case DuckDBTypeId.TIMESTAMP_S:
        return bigints(new Timestamp(TimeUnit.SECOND), (value) =>
          value instanceof duckdb.DuckDBTimestampSecondsValue ? value.seconds : 0n,
        );
      case DuckDBTypeId.TIMESTAMP_MS:
        return bigints(new Timestamp(TimeUnit.MILLISECOND), (value) =>
          value instanceof duckdb.DuckDBTimestampMillisecondsValue ? value.millis : 0n,
        );
      case DuckDBTypeId.TIMESTAMP_NS:
        return bigints(new Timestamp(TimeUnit.NANOSECOND), (value) =>
          value instanceof duckdb.DuckDBTimestampNanosecondsValue ? value.nanos : 0n,
        );
      default:
        return { type: new arrow.Utf8(), buffers: (values) => texts(values, type, toJson) };
    }
  };
}

function toBigint(value: DuckDBValue): bigint {
  return typeof value === 'bigint' ? value : BigInt(Number(value));
}

function unsigned(data: ArrayBufferView): { data: ArrayBufferView } {
  return { data: new BigUint64Array(data.buffer) };
}

function bits(values: readonly DuckDBValue[]): Uint8Array {
  const data = new Uint8Array(Math.ceil(values.length / 8));
  for (const [row, value] of values.entries()) if (value === true) setBit(data, row);
  return data;
}

function texts(
  values: readonly DuckDBValue[],
  type: DuckDBType,
  toJson: DuckDBValueConverter<JsonValue>,
): { data: Uint8Array; valueOffsets: Int32Array } {
  const valueOffsets = new Int32Array(values.length + 1);
  const parts: string[] = [];
  let end = 0;
  for (const [row, value] of values.entries()) {
    const json = typeof value === 'string' || value === null ? value : toJson(value, type, toJson);
    const text = typeof json === 'string' ? json : json === null ? '' : JSON.stringify(json);
    end += Buffer.byteLength(text);
    valueOffsets[row + 1] = end;
    parts.push(text);
  }
  return { data: Buffer.from(parts.join('')), valueOffsets };
}
