import type { DoubleVector } from '../../stream/record-batch.ts';
import { grown } from './growing-array.ts';
import type { NumberValues } from './part-values.ts';

/**
 * A number column of one part. NaN stands for null, in the values and on the way in:
 * Delta's statistics and JSON have no NaN, and a source that has no number has null.
 */
export class NumberColumn implements NumberValues {
  readonly kind = 'number';
  nulls = 0;
  /** Of the numbers; infinities swapped while there is none. */
  min = Number.POSITIVE_INFINITY;
  max = Number.NEGATIVE_INFINITY;
  /** Grown as needed; the first `rows` values count. */
  #values = new Float64Array(0);
  #rows = 0;

  /** The number of each row; NaN is null. */
  get values(): Float64Array {
    return this.#values.subarray(0, this.#rows);
  }

  /** Forgets the rows and keeps the memory. */
  clear(): void {
    this.nulls = 0;
    this.min = Number.POSITIVE_INFINITY;
    this.max = Number.NEGATIVE_INFINITY;
    this.#rows = 0;
  }

  /** Appends the rows `from` to `to` of a number vector. */
  append(vector: DoubleVector, from: number, to: number): void {
    this.#values = grown(this.#values, Float64Array, this.#rows, to - from);
    const { values, valid } = vector;
    const own = this.#values;
    let target = this.#rows;
    for (let row = from; row < to; row += 1) {
      const value = valid?.[row] === 0 ? Number.NaN : (values[row] ?? Number.NaN);
      if (Number.isNaN(value)) {
        this.nulls += 1;
        own[target] = Number.NaN;
      } else {
        if (value < this.min) this.min = value;
        if (value > this.max) this.max = value;
        own[target] = value;
      }
      target += 1;
    }
    this.#rows = target;
  }

  /** Appends `count` rows without a number. */
  appendNulls(count: number): void {
    this.#values = grown(this.#values, Float64Array, this.#rows, count);
    this.#values.fill(Number.NaN, this.#rows, this.#rows + count);
    this.#rows += count;
    this.nulls += count;
  }
}
