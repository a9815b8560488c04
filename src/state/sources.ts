import type { Transaction } from 'kysely';
import type { Clock } from '../clock.ts';
import { ChartliftError } from '../errors.ts';
import type { Database } from './database.ts';
import { foldText } from './fold-text.ts';
import type { Page } from './page.ts';
import { type SourceFilter, SourceLists } from './source-lists.ts';
import type { SourceListing, SourceRecord, StreamRecord } from './source-record.ts';
import {
  type NewSource,
  type NewStream,
  type SourcePatch,
  type StreamPatch,
  sourceChanges,
  sourceOf,
  sourceRow,
  streamChanges,
  streamOf,
} from './source-rows.ts';
import {
  allStreams,
  type ChosenFolder,
  chosenFolders,
  insertStreams,
  type OwnedStream,
  refusingTaken,
  streamOfTable,
  streamsOfTables,
  type TableNote,
  type TablePlace,
  tableNotes,
} from './source-streams.ts';
import type { Tables } from './tables.ts';
import { isUniqueViolation, SOURCE_NAMES } from './unique-violation.ts';

/** What is configured: sources and their streams. */
export class SourceStore {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #lists: SourceLists;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#lists = new SourceLists(database);
    this.#clock = clock;
  }

  /**
   * @throws ChartliftError `table_name_taken` when a selected stream's table belongs to another stream,
   *   `fields_invalid` when the name belongs to another source
   */
  async create(source: NewSource, streams: readonly NewStream[]): Promise<SourceRecord> {
    return this.#refusingTaken(selectedPlaces(streams), async (transaction) => {
      const row = await transaction
        .insertInto('sources')
        .values(sourceRow(source, this.#now()))
        .returningAll()
        .executeTakeFirstOrThrow();
      await insertStreams(transaction, source.id, streams);
      return sourceOf(row);
    });
  }

  async get(id: string): Promise<SourceRecord | null> {
    const row = await this.#database.db
      .selectFrom('sources')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst();
    return row === undefined ? null : sourceOf(row);
  }

  /** The source of this name, in any case. */
  async named(name: string): Promise<SourceRecord | null> {
    const row = await this.#database.db
      .selectFrom('sources')
      .selectAll()
      .where('name_key', '=', foldText(name))
      .executeTakeFirst();
    return row === undefined ? null : sourceOf(row);
  }

  /** The name of every source, by its id. */
  async names(): Promise<ReadonlyMap<string, string>> {
    const rows = await this.#database.db.selectFrom('sources').select(['id', 'name']).execute();
    return new Map(rows.map(({ id, name }) => [id, name]));
  }

  /**
   * By name.
   * @throws ChartliftError `request_invalid` for a cursor that no page gave
   */
  list(filter: SourceFilter): Promise<Page<SourceListing>> {
    return this.#lists.list(filter);
  }

  /**
   * Changes a source, which makes its next revision.
   *
   * @param expectedRevision the one that the caller has seen; absent: whatever it is
   * @throws ChartliftError `not_found`, `conflict` for another revision, `fields_invalid` for a taken name
   */
  async update(id: string, patch: SourcePatch, expectedRevision?: number): Promise<SourceRecord> {
    return this.#refusingTaken([], async (transaction) => {
      const before = await lockedSource(transaction, this.#database, id);
      if (expectedRevision !== undefined && before.revision !== expectedRevision) {
        throw new ChartliftError(
          'conflict',
          `The source has been changed since: it is at revision ${before.revision}, not ${expectedRevision}.`,
          'Load it again, look at what has changed, and then repeat your change.',
        );
      }
      return this.#revise(transaction, before, patch);
    });
  }

  /** With its streams, runs and their logs; its tables in the lake are not touched. False if there is none. */
  async remove(id: string): Promise<boolean> {
    const { numDeletedRows } = await this.#database.db
      .deleteFrom('sources')
      .where('id', '=', id)
      .executeTakeFirst();
    return numDeletedRows > 0n;
  }

  /** Sources that are not paused and due by `now` (ISO 8601), those first that wait longest. */
  async due(now: string, limit: number): Promise<readonly SourceRecord[]> {
    const rows = await this.#database.db
      .selectFrom('sources')
      .selectAll()
      .where('paused', '=', 0)
      .where('next_run_at', '<=', now)
      .orderBy('next_run_at')
      .orderBy('id')
      .limit(limit)
      .execute();
    return rows.map(sourceOf);
  }

  /** When the next source is due, past or to come; null: none ever is by itself. */
  async nextDueAt(): Promise<string | null> {
    const row = await this.#database.db
      .selectFrom('sources')
      .select('next_run_at')
      .where('paused', '=', 0)
      .where('next_run_at', 'is not', null)
      .orderBy('next_run_at')
      .limit(1)
      .executeTakeFirst();
    return row?.next_run_at ?? null;
  }

  /** No change in the sense of a revision: nobody asked for it. */
  async setNextRun(id: string, at: string | null): Promise<void> {
    await this.#database.db
      .updateTable('sources')
      .set({ next_run_at: at })
      .where('id', '=', id)
      .execute();
  }

  /** Sources that run after this one, by name; without those that are paused unless they are asked for. */
  async after(
    sourceId: string,
    { includePaused = false }: { readonly includePaused?: boolean } = {},
  ): Promise<readonly SourceRecord[]> {
    let query = this.#database.db
      .selectFrom('sources')
      .selectAll()
      .where('after_source_id', '=', sourceId);
    if (!includePaused) query = query.where('paused', '=', 0);
    return (await query.orderBy('name_key').execute()).map(sourceOf);
  }

  /** The streams of a source in their order. */
  async streams(sourceId: string): Promise<readonly StreamRecord[]> {
    const rows = await this.#database.db
      .selectFrom('streams')
      .selectAll()
      .where('source_id', '=', sourceId)
      .orderBy('position')
      .execute();
    return rows.map(streamOf);
  }

  /** Every stream, selected or not, by the names of the sources. */
  allStreams(): Promise<readonly OwnedStream[]> {
    return allStreams(this.#database);
  }

  /** The folders that selected streams are in, each once. */
  chosenFolders(): Promise<readonly ChosenFolder[]> {
    return chosenFolders(this.#database);
  }

  /** The notes of selected streams, where somebody has written one. */
  notes(): Promise<readonly TableNote[]> {
    return tableNotes(this.#database);
  }

  /** The selected streams that fill tables, in any order. */
  streamsOfTables(places: readonly TablePlace[]): Promise<readonly OwnedStream[]> {
    return streamsOfTables(this.#database, places);
  }

  /** The selected stream that fills a table. */
  streamOfTable(place: TablePlace): Promise<OwnedStream | null> {
    return streamOfTable(this.#database, place);
  }

  /**
   * Puts streams behind those that the source has.
   *
   * @param config of the source from now on; absent: as it is
   * @throws ChartliftError `not_found`, `table_name_taken`, `conflict` for a stream that is there already
   */
  async addStreams(
    sourceId: string,
    streams: readonly NewStream[],
    config?: SourceRecord['config'],
  ): Promise<void> {
    await this.#refusingTaken(selectedPlaces(streams), async (transaction) => {
      const source = await lockedSource(transaction, this.#database, sourceId);
      await insertStreams(transaction, sourceId, streams);
      await this.#revise(transaction, source, config ? { config } : {});
    });
  }

  /** @throws ChartliftError `not_found`, `table_name_taken` */
  async updateStream(sourceId: string, name: string, patch: StreamPatch): Promise<StreamRecord> {
    const stream = (await this.streams(sourceId)).find((candidate) => candidate.name === name);
    if (stream === undefined) throw noStream(name);
    const changes = streamChanges(patch);
    if (Object.keys(changes).length === 0) return stream;
    const place = { layer: patch.layer ?? stream.layer, table: patch.table ?? stream.table };
    return this.#refusingTaken([place], async (transaction) => {
      const row = await transaction
        .updateTable('streams')
        .set(changes)
        .where('source_id', '=', sourceId)
        .where('name', '=', name)
        .returningAll()
        .executeTakeFirst();
      if (row === undefined) throw noStream(name);
      return streamOf(row);
    });
  }

  /**
   * @param config of the source from now on; absent: as it is
   * @returns false if the source has no such stream; then nothing has changed
   * @throws ChartliftError `not_found` without such a source
   */
  async removeStream(
    sourceId: string,
    name: string,
    config?: SourceRecord['config'],
  ): Promise<boolean> {
    return this.#database.db.transaction().execute(async (transaction) => {
      const source = await lockedSource(transaction, this.#database, sourceId);
      const { numDeletedRows } = await transaction
        .deleteFrom('streams')
        .where('source_id', '=', sourceId)
        .where('name', '=', name)
        .executeTakeFirst();
      if (numDeletedRows === 0n) return false;
      await this.#revise(transaction, source, config ? { config } : {});
      return true;
    });
  }

  /**
   * Lets the stream that fills a table fill another one from now on. False if no stream fills it.
   * @throws ChartliftError `table_name_taken`
   */
  async moveTable(from: TablePlace, to: TablePlace): Promise<boolean> {
    return this.#refusingTaken([to], async (transaction) => {
      const { numUpdatedRows } = await transaction
        .updateTable('streams')
        .set({ layer: to.layer, table_name: to.table })
        .where('layer', '=', from.layer)
        .where('table_name', '=', from.table)
        .where('selected', '=', 1)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    });
  }

  /**
   * Lets streams that go into the layer `from` go into `to`. Returns how many.
   * @throws ChartliftError `table_name_taken` if a stream of `to` has the table of one of `from`
   */
  async renameLayer(from: string, to: string): Promise<number> {
    return this.#refusingTaken([], async (transaction) => {
      const { numUpdatedRows } = await transaction
        .updateTable('streams')
        .set({ layer: to })
        .where('layer', '=', from)
        .executeTakeFirst();
      return Number(numUpdatedRows);
    });
  }

  /** How many selected streams go into a layer. */
  async layerUsers(layer: string): Promise<number> {
    const { count } = await this.#database.db
      .selectFrom('streams')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('layer', '=', layer)
      .where('selected', '=', 1)
      .executeTakeFirstOrThrow();
    return count;
  }

  async #revise(
    transaction: Transaction<Tables>,
    before: SourceRecord,
    patch: SourcePatch,
  ): Promise<SourceRecord> {
    const row = await transaction
      .updateTable('sources')
      .set({
        ...sourceChanges(patch, before),
        revision: before.revision + 1,
        updated_at: this.#now(),
      })
      .where('id', '=', before.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    return sourceOf(row);
  }

  async #refusingTaken<Result>(
    places: readonly TablePlace[],
    act: (transaction: Transaction<Tables>) => Promise<Result>,
  ): Promise<Result> {
    try {
      return await refusingTaken(this.#database, places, () =>
        this.#database.db.transaction().execute(act),
      );
    } catch (error) {
      if (!isUniqueViolation(error, SOURCE_NAMES)) throw error;
      throw new ChartliftError(
        'fields_invalid',
        'Another source has this name.',
        'Give it another name; upper and lower case make no difference.',
        { cause: error, issues: [{ path: ['name'], message: 'is the name of another source' }] },
      );
    }
  }

  #now(): string {
    return new Date(this.#clock.now()).toISOString();
  }
}

/** Reads a source that nobody else changes until the transaction ends. */
async function lockedSource(
  transaction: Transaction<Tables>,
  { dialect }: Database,
  id: string,
): Promise<SourceRecord> {
  let query = transaction.selectFrom('sources').selectAll().where('id', '=', id);
  // In SQLite one transaction writes at a time.
  if (dialect === 'postgres') query = query.forUpdate();
  const row = await query.executeTakeFirst();
  if (row !== undefined) return sourceOf(row);
  throw new ChartliftError(
    'not_found',
    `There is no source ${id}.`,
    'List the sources; it may have been deleted.',
  );
}

function selectedPlaces(streams: readonly NewStream[]): readonly TablePlace[] {
  return streams.filter(({ selected }) => selected);
}

function noStream(name: string): ChartliftError {
  return new ChartliftError(
    'not_found',
    `The source has no stream ${name}.`,
    'List its streams; it may have been taken out.',
  );
}
