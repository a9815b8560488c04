import { ChartliftError } from '../errors.ts';
import type { Page } from './page.ts';

/** Ids as `id.ts` makes them: they sort by time. */
const ID = /^[a-z]{3}_[0-9a-z]{26}$/;

/**
 * The id after which a page of a list begins that is ordered by id; null for the first page.
 *
 * @throws ChartliftError `request_invalid` for what no page gave out
 */
export function afterCursor(cursor: string | undefined): string | null {
  if (cursor === undefined) return null;
  const id = Buffer.from(cursor, 'base64url').toString('utf8');
  if (ID.test(id)) return id;
  throw new ChartliftError(
    'request_invalid',
    'The cursor is none that a page gave.',
    'Leave it out for the first page; then send next_cursor as it came.',
  );
}

/**
 * A page of rows that are ordered by id.
 *
 * @param rows one more than `limit` if there is a next page
 */
export function pageByIds<Row extends { readonly id: string }, Item>(
  rows: readonly Row[],
  limit: number,
  toItem: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  const nextCursor = last === undefined ? null : Buffer.from(last.id).toString('base64url');
  return { items: shown.map(toItem), nextCursor };
}
