import Papa from 'papaparse';
import type { SqlFormat } from './sql-format.ts';
import { textTable } from './text-table.ts';

/** A value of a result as JSON knows it. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

export interface RowColumn {
  readonly name: string;
  readonly numeric: boolean;
}

type Row = readonly JsonValue[];

/** Turns the rows of a result into text, some at a time, so that a large one need not fit in memory. */
export interface RowFormat {
  start(): string;
  rows(rows: readonly Row[]): string;
  end(): string;
}

/** Rows that a table shows: its columns need their widths before the first line. */
const TABLE_ROWS = 10_000;

export function rowFormat(format: SqlFormat, columns: readonly RowColumn[]): RowFormat {
  switch (format) {
    case 'table':
      return tableFormat(columns);
    case 'csv':
      return csvFormat(columns);
    case 'json':
      return jsonFormat(columns);
    case 'ndjson':
      return {
        start: () => '',
        rows: (rows) => rows.map((row) => `${JSON.stringify(asObject(columns, row))}\n`).join(''),
        end: () => '',
      };
  }
}

function tableFormat(columns: readonly RowColumn[]): RowFormat {
  const kept: string[][] = [];
  let count = 0;
  return {
    start: () => '',
    rows(rows) {
      for (const row of rows) if (kept.length < TABLE_ROWS) kept.push(row.map(shownText));
      count += rows.length;
      return '';
    },
    end() {
      const table = textTable(
        columns.map(({ name, numeric }) => ({ header: name, align: numeric ? 'right' : 'left' })),
        kept,
      );
      const hidden = count - kept.length;
      return hidden === 0 ? table : `${table}… and ${hidden} more rows; --format csv shows all\n`;
    },
  };
}

function csvFormat(columns: readonly RowColumn[]): RowFormat {
  const lines = (rows: readonly (readonly string[])[]) =>
    `${Papa.unparse(
      rows.map((row) => [...row]),
      { newline: '\r\n' },
    )}\r\n`;
  return {
    start: () => lines([columns.map((column) => column.name)]),
    rows: (rows) => (rows.length === 0 ? '' : lines(rows.map((row) => row.map(csvText)))),
    end: () => '',
  };
}

function jsonFormat(columns: readonly RowColumn[]): RowFormat {
  let first = true;
  return {
    start: () => '[',
    rows: (rows) =>
      rows
        .map((row) => {
          const separator = first ? '\n  ' : ',\n  ';
          first = false;
          return separator + JSON.stringify(asObject(columns, row));
        })
        .join(''),
    end: () => (first ? ']\n' : '\n]\n'),
  };
}

/** Two columns of one name would lose a value: the later ones get a number, as segments do. */
function asObject(columns: readonly RowColumn[], row: Row): Record<string, JsonValue> {
  // Without a prototype, so that no column name is special.
  const object: Record<string, JsonValue> = Object.create(null);
  columns.forEach(({ name }, at) => {
    let key = name;
    for (let number = 2; Object.hasOwn(object, key); number += 1) key = `${name} (${number})`;
    object[key] = row[at] ?? null;
  });
  return object;
}

function shownText(value: JsonValue): string {
  return value === null ? 'NULL' : csvText(value);
}

function csvText(value: JsonValue): string {
  if (value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
