/** A column with the same value in every row of its batch. */
export interface ConstantVector {
  readonly kind: 'constant';
  readonly value: string | null;
}

/**
 * A text column as positions in a list of texts; -1 is null.
 * A reader that passes the same `values` array in several batches lets a writer store it once.
 */
export interface DictionaryVector {
  readonly kind: 'dictionary';
  readonly values: readonly string[];
  readonly indices: Int32Array;
}

/** A number column. Where `valid[row]` is 0 the row is null and `values[row]` means nothing. */
export interface DoubleVector {
  readonly kind: 'double';
  readonly values: Float64Array;
  /** `undefined` when no row is null. */
  readonly valid: Uint8Array | undefined;
}

export type ColumnVector = ConstantVector | DictionaryVector | DoubleVector;

/** Some rows of a stream, column by column, in the order of the stream's columns. */
export interface RecordBatch {
  readonly rows: number;
  readonly columns: readonly ColumnVector[];
}

/** The value of one cell. Throws a RangeError outside the batch. */
export function cellAt(batch: RecordBatch, column: number, row: number): string | number | null {
  const vector = batch.columns[column];
  if (vector === undefined || row < 0 || row >= batch.rows) {
    throw new RangeError(`no cell at column ${column}, row ${row}`);
  }
  switch (vector.kind) {
    case 'constant':
      return vector.value;
    case 'dictionary':
      return vector.values[vector.indices[row] ?? -1] ?? null;
    case 'double':
      return vector.valid?.[row] === 0 ? null : (vector.values[row] ?? null);
  }
}

/** The rows of a batch as arrays of cells: for previews and tests, not for large reads. */
export function* rowsOf(batch: RecordBatch): Generator<(string | number | null)[]> {
  for (let row = 0; row < batch.rows; row += 1) {
    yield batch.columns.map((_, column) => cellAt(batch, column, row));
  }
}
