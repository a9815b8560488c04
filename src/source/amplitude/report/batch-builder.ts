import type { DictionaryVector, RecordBatch } from '../../../stream/record-batch.ts';

/** About how many records a batch holds: enough to make a call per batch cheap, small enough to stay in cache. */
const BATCH_RECORDS = 65_536;

/** Collects the rows of a wide table as records: one per row and value column, in that order. */
export class BatchBuilder {
  readonly #chartId: string;
  readonly #dimension: string;
  readonly #segments: readonly string[];
  readonly #capacity: number;
  /** The same in every full batch: segment 0, 1, 2 … for each row. */
  readonly #segmentIndices: Int32Array;
  #labels: string[] = [];
  #values: Float64Array;
  #valid: Uint8Array | undefined;

  /** `rows`: how many will come in all. */
  constructor(chartId: string, dimension: string, segments: readonly string[], rows: number) {
    this.#chartId = chartId;
    this.#dimension = dimension;
    this.#segments = segments;
    this.#capacity = Math.min(rows, Math.max(1, Math.floor(BATCH_RECORDS / segments.length)));
    const records = this.#capacity * segments.length;
    this.#segmentIndices = new Int32Array(records);
    for (let at = 0; at < records; at += 1) this.#segmentIndices[at] = at % segments.length;
    this.#values = new Float64Array(records);
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
    if (value !== null) {
      this.#values[at] = value;
      return;
    }
    this.#valid ??= new Uint8Array(this.#values.length).fill(1);
    this.#valid[at] = 0;
  }

  /** The rows since the last call, as a batch. */
  take(): RecordBatch {
    const rows = this.#labels.length;
    const records = rows * this.#segments.length;
    const batch: RecordBatch = {
      rows: records,
      columns: [
        { kind: 'constant', value: this.#chartId },
        { kind: 'constant', value: this.#dimension },
        this.#labelVector(records),
        {
          kind: 'dictionary',
          values: this.#segments,
          indices: this.#segmentIndices.subarray(0, records),
        },
        {
          kind: 'double',
          values: this.#values.subarray(0, records),
          valid: this.#valid?.subarray(0, records),
        },
      ],
    };
    this.#labels = [];
    this.#values = new Float64Array(this.#capacity * this.#segments.length);
    this.#valid = undefined;
    return batch;
  }

  #labelVector(records: number): DictionaryVector {
    const width = this.#segments.length;
    const indices = new Int32Array(records);
    for (let row = 0; row < this.#labels.length; row += 1) {
      indices.fill(row, row * width, (row + 1) * width);
    }
    return { kind: 'dictionary', values: this.#labels, indices };
  }
}
