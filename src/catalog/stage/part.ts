import { ChartliftError } from '../../errors.ts';
import type { ColumnVector, RecordBatch } from '../../stream/record-batch.ts';
import type { Column } from '../../stream/schema.ts';
import { PART_ROWS } from './growing-array.ts';
import { NumberColumn } from './number-column.ts';
import type { PartValues } from './part-values.ts';
import { TextColumn } from './text-column.ts';

type PartColumn = TextColumn | NumberColumn;

function mismatch(column: Column, kind: string): ChartliftError {
  return new ChartliftError(
    'internal',
    `A ${kind} vector arrived for column ${column.name} of type ${column.type}.`,
    'This is a fault in the connector. Please report it with the command you ran.',
  );
}

/** Rows on their way into one data file, column by column. Copies what it is given. */
export class Part implements PartValues {
  readonly columns: readonly Column[];
  readonly vectors: readonly PartColumn[];
  #rows = 0;

  constructor(columns: readonly Column[]) {
    this.columns = columns;
    this.vectors = columns.map((column) =>
      column.type === 'string' ? new TextColumn() : new NumberColumn(),
    );
  }

  get rows(): number {
    return this.#rows;
  }

  /** Makes room for the rows of the next data file. */
  clear(): void {
    this.#rows = 0;
    for (const vector of this.vectors) vector.clear();
  }

  /**
   * Appends rows of a batch, beginning at row `from`, as many as fit.
   * Returns the row to go on with in the next part.
   * @throws ChartliftError `internal` when the batch has other columns than the part.
   */
  append(batch: RecordBatch, from: number): number {
    if (batch.columns.length !== this.columns.length) {
      throw new ChartliftError(
        'internal',
        `A batch of ${batch.columns.length} columns arrived for a stream of ${this.columns.length}.`,
        'This is a fault in the connector. Please report it with the command you ran.',
      );
    }
    const to = Math.min(batch.rows, from + PART_ROWS - this.#rows);
    for (const [index, column] of this.columns.entries()) {
      const own = this.vectors[index];
      const vector = batch.columns[index];
      if (own && vector) appendVector(column, own, vector, from, to);
    }
    this.#rows += to - from;
    return to;
  }
}

function appendVector(
  column: Column,
  own: PartColumn,
  vector: ColumnVector,
  from: number,
  to: number,
): void {
  if (own.kind === 'text') {
    if (vector.kind === 'dictionary') own.appendDictionary(vector, from, to);
    else if (vector.kind === 'constant') own.appendConstant(vector.value, to - from);
    else throw mismatch(column, vector.kind);
  } else if (vector.kind === 'double') own.append(vector, from, to);
  else if (vector.kind === 'constant' && vector.value === null) own.appendNulls(to - from);
  else throw mismatch(column, vector.kind);
}
