import type { DictionaryVector } from '../../stream/record-batch.ts';
import { grown } from './growing-array.ts';
import { NULL_TEXT, type TextValues } from './part-values.ts';

/** A text of a dictionary that no row used so far. */
const UNSEEN = -2;

/**
 * A text column of one part: each distinct text once, numbered by first use, and one number per row.
 * So the same rows always give the same texts and numbers, however they were cut into batches.
 */
export class TextColumn implements TextValues {
  readonly kind = 'text';
  texts: string[] = [];
  nulls = 0;
  /** Grown as needed; the first `rows` numbers count. */
  #ids = new Int32Array(0);
  #rows = 0;
  readonly #known = new Map<string, number>();
  /** The dictionary seen last, and which of our numbers its positions have. */
  #dictionary: readonly string[] = [];
  #translation = new Int32Array(0);

  /** The number of each row's text; {@link NULL_TEXT} is null. */
  get ids(): Int32Array {
    return this.#ids.subarray(0, this.#rows);
  }

  /** Forgets the rows and keeps the memory. */
  clear(): void {
    this.texts = [];
    this.nulls = 0;
    this.#rows = 0;
    this.#known.clear();
    this.#dictionary = [];
    this.#translation = new Int32Array(0);
  }

  /** Appends the rows `from` to `to` of a dictionary vector. */
  appendDictionary(vector: DictionaryVector, from: number, to: number): void {
    this.#reserve(to - from);
    if (vector.values !== this.#dictionary || vector.values.length !== this.#translation.length) {
      this.#dictionary = vector.values;
      this.#translation = new Int32Array(vector.values.length).fill(UNSEEN);
    }
    const { indices, values } = vector;
    const translation = this.#translation;
    const ids = this.#ids;
    let target = this.#rows;
    for (let row = from; row < to; row += 1) {
      const index = indices[row] ?? NULL_TEXT;
      let id = index < 0 ? NULL_TEXT : (translation[index] ?? UNSEEN);
      if (id === UNSEEN) {
        id = this.#idOf(values[index]);
        translation[index] = id;
      }
      if (id === NULL_TEXT) this.nulls += 1;
      ids[target] = id;
      target += 1;
    }
    this.#rows = target;
  }

  /** Appends the same text, or null, to `count` rows. */
  appendConstant(text: string | null, count: number): void {
    this.#reserve(count);
    const id = text === null ? NULL_TEXT : this.#idOf(text);
    if (id === NULL_TEXT) this.nulls += count;
    this.#ids.fill(id, this.#rows, this.#rows + count);
    this.#rows += count;
  }

  #idOf(text: string | undefined): number {
    if (text === undefined) throw new RangeError('a dictionary vector points outside its values');
    // Lone surrogates have no UTF-8 form, in Parquet as in JSON.
    const wellFormed = text.toWellFormed();
    const known = this.#known.get(wellFormed);
    if (known !== undefined) return known;
    const id = this.texts.length;
    this.texts.push(wellFormed);
    this.#known.set(wellFormed, id);
    return id;
  }

  #reserve(rows: number): void {
    this.#ids = grown(this.#ids, Int32Array, this.#rows, rows);
  }
}
