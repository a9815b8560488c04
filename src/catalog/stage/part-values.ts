/** The rows of a part as they are, without what fills them: plain data, which can go from thread to thread. */
export interface PartValues {
  readonly columns: readonly { readonly name: string }[];
  readonly rows: number;
  readonly vectors: readonly ColumnValues[];
}

export type ColumnValues = TextValues | NumberValues;

export interface TextValues {
  readonly kind: 'text';
  readonly nulls: number;
  /** Each distinct text once. */
  readonly texts: readonly string[];
  /** The number of each row's text; {@link NULL_TEXT} is null. */
  readonly ids: Int32Array;
}

export interface NumberValues {
  readonly kind: 'number';
  readonly nulls: number;
  /** Of the numbers; infinities swapped while there is none. */
  readonly min: number;
  readonly max: number;
  /** The number of each row; NaN is null. */
  readonly values: Float64Array;
}

/** What an empty cell has instead of a text. */
export const NULL_TEXT = -1;
