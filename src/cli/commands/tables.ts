import { openLakeReader } from '../../catalog/lake-reader.ts';
import { formatTableId } from '../../catalog/table-id.ts';
import type { TableListing } from '../../catalog/table-listing.ts';
import { systemClock } from '../../clock.ts';
import type { CommandContext } from '../command-context.ts';
import { errorDocument } from '../output/error-document.ts';
import { printable } from '../output/printable.ts';
import { age, count, size } from '../output/quantities.ts';
import { textTable } from '../output/text-table.ts';

export interface TablesOptions {
  readonly lake: string;
  readonly json?: true;
}

/** `chartlift tables`: what a lake holds. */
export async function tables(
  { lake, json }: TablesOptions,
  { terminal, exitWith }: CommandContext,
): Promise<void> {
  const reader = await openLakeReader(lake);
  const listings = await reader.tables().finally(() => reader.close());
  if (json) {
    terminal.out(`${JSON.stringify(listings.map(document), null, 2)}\n`);
  } else if (listings.length === 0) {
    terminal.out(`${lake} holds no table yet; chartlift sync makes them.\n`);
  } else {
    terminal.out(describe(listings, systemClock.now()));
  }
  exitWith(listings.every((listing) => listing.readable) ? 0 : 1);
}

function describe(listings: readonly TableListing[], now: number): string {
  const table = textTable(
    [
      { header: 'TABLE', align: 'left' },
      { header: 'FOLDER', align: 'left' },
      { header: 'ROWS', align: 'right' },
      { header: 'SIZE', align: 'right' },
      { header: 'VERSION', align: 'right' },
      { header: 'AGE', align: 'right' },
      { header: 'TITLE', align: 'left' },
    ],
    listings.map((listing) =>
      listing.readable
        ? [
            formatTableId(listing),
            listing.folder ?? '',
            listing.rows === null ? '?' : count(listing.rows),
            size(listing.bytes),
            String(listing.version),
            age(now - listing.committedAt),
            listing.title ?? '',
          ]
        : [formatTableId(listing), '', '?', '?', '?', '?', 'cannot be read, see below'],
    ),
  );
  const problems = listings.map((listing) =>
    listing.readable
      ? ''
      : `\n${formatTableId(listing)}: ${printable(listing.error.message)}\n  ${printable(listing.error.hint)}\n`,
  );
  return table + problems.join('');
}

function document(listing: TableListing): Record<string, unknown> {
  const table = formatTableId(listing);
  if (!listing.readable) {
    return { table, error: errorDocument(listing.error) };
  }
  const { folder, source, stream, title, rows, bytes, files, version, committedAt } = listing;
  const committed = new Date(committedAt).toISOString();
  return {
    table,
    folder,
    source,
    stream,
    title,
    rows,
    bytes,
    files,
    version,
    committed_at: committed,
    error: null,
  };
}
