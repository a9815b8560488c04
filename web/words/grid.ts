const whole = new Intl.NumberFormat();

export const words = {
  null: 'NULL',
  number: (n: number) => whole.format(n),
  rowNumber: 'Row',
  noRows: 'No rows',
  cell: (column: string, row: number) => `${column}, row ${whole.format(row)}`,
  noValue: 'no value',
  selected: (rows: number, columns: number) =>
    `${whole.format(rows)} × ${whole.format(columns)} selected`,
  sum: (sum: string) => `sum ${sum}`,
  average: (average: string) => `average ${average}`,
  copied: (cells: number) =>
    cells === 1 ? 'Copied 1 cell' : `Copied ${whole.format(cells)} cells`,
  copyFailed: 'The browser did not allow copying.',
  help: 'Arrows move, Shift selects, Ctrl+C copies',
  resize: 'Drag to resize, double-click to fit',
} as const;
