/**
 * Rows of a row group in a data file. A multiple of DuckDB's vectors of 2,048 rows; half of its default,
 * since DuckDB holds a row group uncompressed until it is complete.
 */
export const ROW_GROUP_ROWS = 61_440;

/**
 * Rows of one data file. Parts are cut here whatever the batches are, so that memory is bounded and
 * the same rows always give the same parts. With larger ones, memory would still grow beyond a
 * million records (docs/benchmarks.md).
 */
export const PART_ROWS = 4 * ROW_GROUP_ROWS;

/**
 * `array` itself, or a copy with room for `more` elements after the first `used`. It doubles, so
 * that filling it row by row stays cheap, but to no more than a part holds.
 */
export function grown<Numbers extends Int32Array | Float64Array>(
  array: Numbers,
  type: new (length: number) => Numbers,
  used: number,
  more: number,
): Numbers {
  if (used + more <= array.length) return array;
  const larger = new type(Math.max(used + more, Math.min(array.length * 2, PART_ROWS)));
  larger.set(array.subarray(0, used));
  return larger;
}
