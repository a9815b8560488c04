/**
 * Rows that one statement takes. The widest table has some twenty columns, and SQLite allows 32,766 values
 * (sqlite.org/limits.html).
 */
const ROWS_AT_ONCE = 1_000;

/** Rows in their order, as many at once as a statement takes; nothing where there are none. */
export function* rowSlices<Row>(rows: readonly Row[]): Generator<readonly Row[]> {
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    yield rows.slice(start, start + ROWS_AT_ONCE);
  }
}
