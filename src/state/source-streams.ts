import type { Selectable, Transaction } from 'kysely';
import { ChartliftError } from '../errors.ts';
import type { Database } from './database.ts';
import { rowSlices } from './row-slices.ts';
import type { StreamRecord } from './source-record.ts';
import { type NewStream, streamOf, streamRow } from './source-rows.ts';
import type { StreamsTable, Tables } from './tables.ts';
import { isUniqueViolation, STREAM_NAMES, STREAM_TABLES } from './unique-violation.ts';

/** A stream with the name of its source. */
export interface OwnedStream extends StreamRecord {
  readonly sourceName: string;
}

/** Where a table is in the catalog. */
export interface TablePlace {
  readonly layer: string;
  readonly table: string;
}

/** A folder that a stream is in. */
export interface ChosenFolder {
  readonly layer: string;
  readonly folder: string;
}

/** What somebody has written about a table. */
export interface TableNote extends TablePlace {
  readonly note: string;
}

/** Puts streams behind those that a source has. */
export async function insertStreams(
  transaction: Transaction<Tables>,
  sourceId: string,
  streams: readonly NewStream[],
): Promise<void> {
  const { next } = await transaction
    .selectFrom('streams')
    .select(({ fn, val }) => fn.coalesce(fn.max('position'), val(-1)).as('next'))
    .where('source_id', '=', sourceId)
    .executeTakeFirstOrThrow();
  const first = next + 1;
  const rows = streams.map((stream, index) => streamRow(sourceId, stream, first + index));
  for (const some of rowSlices(rows)) {
    await transaction.insertInto('streams').values(some).execute();
  }
}

/** The stream that fills a table; null: none does. */
export async function streamOfTable(
  database: Database,
  place: TablePlace,
): Promise<OwnedStream | null> {
  const [stream = null] = await streamsOfTables(database, [place]);
  return stream;
}

/** The streams that fill tables, in any order. */
export async function streamsOfTables(
  { db }: Database,
  places: readonly TablePlace[],
): Promise<readonly OwnedStream[]> {
  const owned: OwnedStream[] = [];
  for (const [layer, inLayer] of Map.groupBy(places, (place) => place.layer)) {
    for (const some of rowSlices(inLayer)) {
      const rows = await db
        .selectFrom('streams')
        .innerJoin('sources', 'sources.id', 'streams.source_id')
        .selectAll('streams')
        .select('sources.name as source_name')
        .where('layer', '=', layer)
        .where(
          'table_name',
          'in',
          some.map(({ table }) => table),
        )
        .where('selected', '=', 1)
        .execute();
      owned.push(...rows.map(ownedStreamOf));
    }
  }
  return owned;
}

/** The folders that selected streams are in, each once. */
export function chosenFolders({ db }: Database): Promise<readonly ChosenFolder[]> {
  return db
    .selectFrom('streams')
    .select('layer')
    .select((from) => from.ref('folder').$notNull().as('folder'))
    .where('selected', '=', 1)
    .where('folder', 'is not', null)
    .distinct()
    .execute();
}

/** The notes of selected streams, where somebody has written one. */
export function tableNotes({ db }: Database): Promise<readonly TableNote[]> {
  return db
    .selectFrom('streams')
    .select(['layer', 'table_name as table', 'note'])
    .where('selected', '=', 1)
    .where('note', '<>', '')
    .execute();
}

/** Every stream, selected or not, in the order of the sources' names. */
export async function allStreams({ db }: Database): Promise<readonly OwnedStream[]> {
  const rows = await db
    .selectFrom('streams')
    .innerJoin('sources', 'sources.id', 'streams.source_id')
    .selectAll('streams')
    .select('sources.name as source_name')
    .orderBy('sources.name_key')
    .orderBy('streams.position')
    .execute();
  return rows.map(ownedStreamOf);
}

function ownedStreamOf(row: Selectable<StreamsTable> & { source_name: string }): OwnedStream {
  return { ...streamOf(row), sourceName: row.source_name };
}

/**
 * Does what writes streams, and says which table was taken if the database refuses it.
 *
 * @param places tables that the streams are to have
 * @throws ChartliftError `table_name_taken`, `conflict` for a stream that the source has already
 */
export async function refusingTaken<Result>(
  database: Database,
  places: readonly TablePlace[],
  act: () => Promise<Result>,
): Promise<Result> {
  try {
    return await act();
  } catch (error) {
    if (isUniqueViolation(error, STREAM_TABLES)) throw await taken(database, places, error);
    if (!isUniqueViolation(error, STREAM_NAMES)) throw error;
    throw new ChartliftError(
      'conflict',
      'The source has one of these streams already.',
      'Load the source again; somebody may have added the stream meanwhile.',
      { cause: error },
    );
  }
}

async function taken(
  database: Database,
  places: readonly TablePlace[],
  cause: unknown,
): Promise<ChartliftError> {
  const hint = 'Give the table another name or layer.';
  for (const place of places) {
    const owner = await streamOfTable(database, place);
    if (owner === null) continue;
    const name = `${place.layer}.${place.table}`;
    const message = `The table ${name} belongs to stream ${owner.name} of source ${owner.sourceName}.`;
    return new ChartliftError('table_name_taken', message, hint, { cause });
  }
  return new ChartliftError('table_name_taken', 'Two streams would have one table.', hint, {
    cause,
  });
}
