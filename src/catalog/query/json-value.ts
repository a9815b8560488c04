import type { DuckDBValueConverter, Json } from '@duckdb/node-api';

/** A value that JSON can carry. */
export type JsonValue = Json;

/** Integers up to here are exact as JSON numbers in every reader (RFC 8259, §6). */
const SAFE = BigInt(Number.MAX_SAFE_INTEGER);
/** Decimals of at most 15 digits come back from a double as they went in (IEEE 754). */
const EXACT = 10n ** 15n;

/**
 * The converter of query results to JSON: integers and decimals as numbers where nothing is lost,
 * else as texts; dates and timestamps in ISO 8601; NaN and infinities as texts.
 */
export async function jsonConverter(): Promise<DuckDBValueConverter<JsonValue>> {
  const { DuckDBDecimalValue, DuckDBTimestampTZValue, DuckDBTypeId, JsonDuckDBValueConverter } =
    await import('@duckdb/node-api');
  const convert: DuckDBValueConverter<JsonValue> = (value, type) => {
    if (value === null) return null;
    if (typeof value === 'bigint') {
      return value <= SAFE && value >= -SAFE ? Number(value) : String(value);
    }
    if (value instanceof DuckDBDecimalValue) {
      const exact = value.value < EXACT && value.value > -EXACT;
      return exact ? value.toDouble() : value.toString();
    }
    if (value instanceof DuckDBTimestampTZValue) return isoUtc(value.micros, value.isFinite);
    switch (type.typeId) {
      case DuckDBTypeId.TIMESTAMP:
      case DuckDBTypeId.TIMESTAMP_S:
      case DuckDBTypeId.TIMESTAMP_MS:
      case DuckDBTypeId.TIMESTAMP_NS:
        return String(value).replace(' ', 'T');
      default:
        // Lists, structs and maps come back here for what they hold.
        return JsonDuckDBValueConverter(value, type, convert);
    }
  };
  return convert;
}

/** Microseconds since the epoch as ISO 8601 in UTC. */
export function isoUtc(micros: bigint, finite: boolean): string {
  if (!finite) return micros > 0n ? 'infinity' : '-infinity';
  const rest = ((micros % 1_000_000n) + 1_000_000n) % 1_000_000n;
  const seconds = new Date(Number((micros - rest) / 1000n)).toISOString().slice(0, -5);
  const fraction = String(rest).padStart(6, '0').replace(/0+$/, '');
  return `${seconds}${fraction === '' ? '' : `.${fraction}`}Z`;
}
