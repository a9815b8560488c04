import {
  assertTableName,
  formatTableId,
  suggestTableName,
  type TableId,
} from '../catalog/table-id.ts';
import { ChartliftError } from '../errors.ts';
import type { Stream } from '../stream/stream.ts';

/** A stream and the table that it becomes. */
export interface PlannedStream {
  readonly stream: Stream;
  readonly table: TableId;
  /** The folder that groups the table inside its layer; null: none. */
  readonly folder: string | null;
}

export interface Destination {
  readonly layer: string;
  readonly folder: string | null;
  /** Put before every table name. */
  readonly prefix: string;
}

/**
 * Gives each stream its table (DESIGN §2.3).
 *
 * @throws ChartliftError `table_name_invalid`, or `table_name_taken` where two streams would share a table.
 */
export function planStreams(
  streams: readonly Stream[],
  { layer, folder, prefix }: Destination,
): readonly PlannedStream[] {
  const owners = new Map<string, string>();
  return streams.map((stream) => {
    const table = { layer, table: suggestTableName(stream.name, prefix) };
    assertTableName(table.table);
    const owner = owners.get(table.table);
    if (owner !== undefined) {
      throw new ChartliftError(
        'table_name_taken',
        `The streams ${owner} and ${stream.name} would both become table ${formatTableId(table)}.`,
        'Sync one of them in a run of its own, with another --prefix.',
      );
    }
    owners.set(table.table, stream.name);
    return { stream, table, folder };
  });
}

/**
 * The streams that were asked for by name; all of them if none was.
 *
 * @throws ChartliftError `usage` naming the streams that there are.
 */
export function selectStreams(
  streams: readonly Stream[],
  names: readonly string[],
): readonly Stream[] {
  const unknown = names.find((name) => !streams.some((stream) => stream.name === name));
  if (unknown !== undefined) {
    throw new ChartliftError(
      'usage',
      `There is no stream ${JSON.stringify(unknown)} among the configured charts.`,
      `Choose from: ${streams.map((stream) => stream.name).join(', ')}.`,
    );
  }
  return names.length === 0 ? streams : streams.filter((stream) => names.includes(stream.name));
}
