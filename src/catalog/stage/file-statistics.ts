import type { ColumnValues, PartValues } from './part-values.ts';

/** Longest text in statistics, in characters: what Delta's reference implementation keeps. */
const PREFIX = 32;
/** The highest character there is: no text that goes on after a prefix sorts above prefix + this. */
const HIGHEST = '\u{10FFFF}';

/**
 * Compares two texts as Delta does: by their UTF-8 bytes, which is the order of code points.
 * JavaScript's `<` compares UTF-16 units and puts U+FFFD above U+1F600.
 */
function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let unit = 0; unit < length; unit += 1) {
    const left = a.charCodeAt(unit);
    const right = b.charCodeAt(unit);
    if (left === right) continue;
    const isSurrogate = (code: number) => code >= 0xd800 && code <= 0xdfff;
    if (isSurrogate(left) !== isSurrogate(right)) return isSurrogate(left) ? 1 : -1;
    return left - right;
  }
  return a.length - b.length;
}

/** A lower bound for `text` of at most {@link PREFIX} characters. */
export function lowerBound(text: string): string {
  return [...text.slice(0, 2 * PREFIX)].slice(0, PREFIX).join('');
}

/** An upper bound for `text`: itself when short, else a prefix and a character that breaks the tie. */
export function upperBound(text: string): string {
  if (text.length <= PREFIX) return text;
  const characters = [...text];
  if (characters.length <= PREFIX) return text;
  let end = PREFIX;
  while (characters[end] === HIGHEST) end += 1;
  return end >= characters.length ? text : `${characters.slice(0, end).join('')}${HIGHEST}`;
}

type Bound = string | number;

/** The smallest and the largest value of a column, as statistics keep them. */
export interface ColumnBounds {
  readonly min: Bound;
  readonly max: Bound;
  /** Both are values of the column; else they only enclose them. */
  readonly exact: boolean;
}

/** Null for a column without values, or with infinite numbers, which JSON cannot write. */
export function columnBounds(vector: ColumnValues): ColumnBounds | null {
  if (vector.kind === 'number') {
    const { min, max } = vector;
    const finite = Number.isFinite(min) && Number.isFinite(max);
    return finite ? { min, max, exact: true } : null;
  }
  let [min] = vector.texts;
  let max = min;
  if (min === undefined || max === undefined) return null;
  for (const text of vector.texts) {
    if (compareCodePoints(text, min) < 0) min = text;
    if (compareCodePoints(text, max) > 0) max = text;
  }
  const bounds = { min: lowerBound(min), max: upperBound(max) };
  return { ...bounds, exact: bounds.min === min && bounds.max === max };
}

/** Statistics of one data file as the log keeps them (Delta protocol, "Per-file Statistics"). */
export function fileStatistics(part: PartValues): string {
  const minValues: Record<string, Bound> = {};
  const maxValues: Record<string, Bound> = {};
  const nullCount: Record<string, number> = {};
  for (const [index, { name }] of part.columns.entries()) {
    const vector = part.vectors[index];
    if (vector === undefined) continue;
    nullCount[name] = vector.nulls;
    const bounds = columnBounds(vector);
    if (bounds === null) continue;
    minValues[name] = bounds.min;
    maxValues[name] = bounds.max;
  }
  return JSON.stringify({ numRecords: part.rows, minValues, maxValues, nullCount });
}
