/**
 * Rows of one data file. Parts are cut here whatever the batches are, so that memory is bounded
 * (about 30 bytes a row and column) and the same rows always give the same parts.
 */
export const PART_ROWS = 1_000_000;

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
