import { words } from '../words/source.ts';
import classes from './source.module.css';

const whole = new Intl.NumberFormat();

/** The tables of a source that is to be deleted, struck out if they go with it. */
export function RemovedTables({
  tables,
  isDropped,
}: {
  readonly tables: readonly { readonly table: string; readonly rows: number | null }[];
  readonly isDropped: boolean;
}) {
  return (
    <ul className={classes.removed} data-dropped={isDropped || undefined}>
      {tables.map(({ table, rows }) => (
        <li key={table}>
          <span>{table}</span>
          <span>{rows === null ? '' : words.rowsOf(whole.format(rows))}</span>
        </li>
      ))}
    </ul>
  );
}
