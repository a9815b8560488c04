import { isDateType, isNumberType, isTextType } from '../grid/column-kind.ts';
import type { GridColumn, GridRows } from '../grid/data-grid.tsx';
import { readDate } from './read-date.ts';

/** One number and where it belongs. */
export interface Point {
  /** A text for the axis. */
  readonly x: string;
  readonly series: string;
  /** What is measured: numbers of one measure share a scale. */
  readonly measure: string;
  readonly value: number | null;
}

/** Numbers of columns with these names are names of places on an axis, not measures. */
const CALENDAR = /^(year|quarter|month|week|day|hour|weekday|dow)(_?(of|number|no)\w*)?$/i;

/** The points of a result; none where nothing in it can be drawn. */
export function pointsOf(columns: readonly GridColumn[], rows: GridRows): Point[] {
  return chartPoints(columns, rows) ?? resultPoints(columns, rows);
}

/** A chart's own table, or a result that kept its columns. */
function chartPoints(columns: readonly GridColumn[], rows: GridRows): Point[] | null {
  const at = (name: string) => columns.findIndex((column) => column.name === name);
  const [dimension, segment, value] = [at('dimension_value'), at('segment'), at('value')];
  if (dimension < 0 || segment < 0 || value < 0) return null;
  return rows.map((row) => ({
    x: textOf(row[segment]),
    series: textOf(row[dimension]),
    // Over time a chart measures one thing; otherwise each segment does ("Users", "Day 1").
    measure: readDate(textOf(row[segment])) === null ? textOf(row[segment]) : '',
    value: numberOf(row[value]),
  }));
}

/** Any other result: dates or names on the axis, a line or a bar for each column of numbers. */
function resultPoints(columns: readonly GridColumn[], rows: GridRows): Point[] {
  const all = columns.map((column, index) => ({ ...column, index }));
  const isName = (column: GridColumn) => CALENDAR.test(column.name);
  const numbers = all.filter((column) => isNumberType(column.type) && !isName(column));
  const axis =
    all.find((column) => isDateType(column.type) || holdsDates(rows, column.index)) ??
    all.find((column) => isTextType(column.type)) ??
    all.find((column) => isNumberType(column.type) && isName(column));
  if (numbers.length === 0 || rows.length === 0) return [];
  if (axis === undefined) return rows.length === 1 ? oneRow(numbers, rows) : [];
  const xs = rows.map((row) => textOf(row[axis.index]));
  const repeats = new Set(xs).size < xs.length;
  const names = repeats ? all.filter((column) => isTextType(column.type) && column !== axis) : [];
  return rows.flatMap((row, at) => {
    const group = names.map(({ index }) => textOf(row[index])).join('; ');
    return numbers.map(({ name, index }) => ({
      x: xs[at] ?? '',
      series: [group, numbers.length > 1 || group === '' ? name : '']
        .filter((part) => part !== '')
        .join(' · '),
      measure: name,
      value: numberOf(row[index]),
    }));
  });
}

/** A single row of numbers: the names of the columns stand on the axis. */
function oneRow(
  numbers: readonly { readonly name: string; readonly index: number }[],
  rows: GridRows,
): Point[] {
  return numbers.map(({ name, index }) => ({
    x: name,
    series: '',
    measure: name,
    value: numberOf(rows[0]?.[index]),
  }));
}

function holdsDates(rows: GridRows, index: number): boolean {
  let dates = 0;
  for (const row of rows) {
    const value = row[index];
    if (value === null) continue;
    if (typeof value !== 'string' || readDate(value)?.prefix !== '') return false;
    dates += 1;
  }
  return dates > 0;
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** A number, also one that is too long for JSON's and comes as a text; null for all else. */
function numberOf(value: unknown): number | null {
  if (typeof value !== 'number' && (typeof value !== 'string' || value.trim() === '')) return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}
