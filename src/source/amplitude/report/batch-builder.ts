import type { DictionaryVector, RecordBatch } from '../../../stream/record-batch.ts';

/** About how many records a batch holds: enough to make a call per batch cheap, small enough to stay in cache. */
const BATCH_RECORDS = 65_536;

/**
 * Collects the rows of a wide table as records: one per row and value column, in that order.
 *
 * Every batch lies in the same memory: it holds until the next row is started.
 */
export class BatchBuilder {
  readonly #chartId: string;
  readonly #dimension: string;
  readonly #segments: readonly string[];
  readonly #capacity: number;
  /** Segment 0, 1, 2 … for each row. */
  readonly #segmentIndices: Int32Array;
  /** Label 0 for the records of the first row, 1 for those of the second … */
  readonly #labelIndices: Int32Array;
  readonly #values: Float64Array;
  readonly #valid: Uint8Array;
  #labels: string[] = [];
  #nulls = 0;

  /** `rows`: how many will come in all. */
  constructor(chartId: string, dimension: string, segments: readonly string[], rows: number) {
    const width = segments.length;
    this.#chartId = chartId;
    this.#dimension = dimension;
    this.#segments = segments;
    this.#capacity = Math.min(rows, Math.max(1, Math.floor(BATCH_RECORDS / width)));
    const records = this.#capacity * width;
    this.#segmentIndices = new Int32Array(records);
    this.#labelIndices = new Int32Array(records);
    for (let row = 0, at = 0; row < this.#capacity; row += 1) {
      for (let segment = 0; segment < width; segment += 1, at += 1) {
        this.#segmentIndices[at] = segment;
        this.#labelIndices[at] = row;
      }
    }
    this.#values = new Float64Array(records);
    this.#valid = new Uint8Array(records);
  }

  get full(): boolean {
    return this.#labels.length === this.#capacity;
  }

  get rows(): number {
    return this.#labels.length;
  }

  startRow(label: string): void {
    this.#labels.push(label);
  }

  /** Sets a value of the row that was started last. */
  set(segment: number, value: number | null): void {
    const at = (this.#labels.length - 1) * this.#segments.length + segment;
    this.#values[at] = value ?? 0;
    this.#valid[at] = value === null ? 0 : 1;
    if (value === null) this.#nulls += 1;
  }

  /** The rows since the last call, as a batch. */
  take(): RecordBatch {
    const records = this.#labels.length * this.#segments.length;
    const valid = this.#nulls === 0 ? undefined : this.#valid.subarray(0, records);
    const batch: RecordBatch = {
      rows: records,
      columns: [
        { kind: 'constant', value: this.#chartId },
        { kind: 'constant', value: this.#dimension },
        dictionary(this.#labels, this.#labelIndices.subarray(0, records)),
        dictionary(this.#segments, this.#segmentIndices.subarray(0, records)),
        { kind: 'double', values: this.#values.subarray(0, records), valid },
      ],
    };
    this.#labels = [];
    this.#nulls = 0;
    return batch;
  }
}

function dictionary(values: readonly string[], indices: Int32Array): DictionaryVector {
  return { kind: 'dictionary', values, indices };
}
