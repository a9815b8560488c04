import { dropTable, renameTable, setFolder } from '../catalog/edit-table.ts';
import { type LakeReader, openLakeReader } from '../catalog/lake-reader.ts';
import { createLayer, removeLayer } from '../catalog/layers.ts';
import type { TableDetail } from '../catalog/table-detail.ts';
import { assertTableName, formatTableId, type TableId } from '../catalog/table-id.ts';
import type { TableListing } from '../catalog/table-listing.ts';
import { ChartliftError } from '../errors.ts';
import type { Page, PageRequest } from '../state/page.ts';
import type { RunStore } from '../state/runs.ts';
import type { Keyring } from '../state/secrets/keyring.ts';
import type { OwnedStream } from '../state/source-streams.ts';
import type { SourceStore } from '../state/sources.ts';
import type { Moves } from './moves.ts';
import { refuseWhileActive } from './run-active.ts';
import type { SourceStreams } from './source-streams.ts';

export interface TableParts {
  readonly lake: string;
  readonly streams: SourceStreams;
  readonly store: SourceStore;
  readonly runs: RunStore;
  readonly moves: Moves;
  readonly keyring: Keyring;
}

/** A table with what the service knows of it: the stream that fills it, its source and its note. */
export interface OwnedTable {
  readonly table: TableListing;
  readonly owner: OwnedStream | null;
}

/** Which tables of the catalog. */
export interface TableFilter extends PageRequest {
  readonly layer?: string | undefined;
  readonly folder?: string | undefined;
  readonly sourceId?: string | undefined;
  /** Part of the name, title or note. */
  readonly text?: string | undefined;
}

/** A layer with what it holds. */
export interface LayerListing {
  readonly name: string;
  readonly tables: number;
  /** Names of the folders that its tables and streams are in. */
  readonly folders: readonly string[];
}

/** The catalog as people see it: the lake, with what the service knows beside it. */
export class Tables {
  readonly #parts: TableParts;
  #reader: Promise<LakeReader> | null = null;

  constructor(parts: TableParts) {
    this.#parts = parts;
  }

  /** For queries, previews and exports. */
  reader(): Promise<LakeReader> {
    this.#reader ??= openLakeReader(this.#parts.lake);
    return this.#reader;
  }

  async close(): Promise<void> {
    await (await this.#reader)?.close();
  }

  /** One page of the tables that fit, in the order of their names. */
  async page(filter: TableFilter): Promise<Page<OwnedTable>> {
    const { limit, cursor = '' } = filter;
    const tables = await (await this.reader()).tables();
    const fits = await this.#fits(filter);
    const rest = tables
      .map((table) => ({ id: formatTableId(table), table }))
      .filter(({ id, table }) => id > cursor && fits(id, table))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    const page = rest.slice(0, limit);
    const last = rest.length > limit ? page.at(-1) : undefined;
    const owners = await this.#parts.store.streamsOfTables(page.map(({ table }) => table));
    const ownerOf = new Map(owners.map((stream) => [formatTableId(stream), stream]));
    return {
      items: page.map(({ id, table }) => ({ table, owner: ownerOf.get(id) ?? null })),
      nextCursor: last?.id ?? null,
    };
  }

  /** @throws ChartliftError `table_not_found`, `table_damaged`, `table_unsupported` */
  async get(
    id: TableId,
  ): Promise<{ readonly table: TableDetail; readonly owner: OwnedStream | null }> {
    const table = await (await this.reader()).table(id);
    return { table, owner: await this.#parts.store.streamOfTable(id) };
  }

  /**
   * Gives a table another name, layer or folder, with all its versions; the stream that fills it goes on
   * there.
   *
   * @throws ChartliftError `table_not_found`, `table_name_taken`, `layer_unknown`, `fields_invalid`, …
   */
  async move(
    id: TableId,
    to: {
      readonly layer?: string | undefined;
      readonly table?: string | undefined;
      readonly folder?: string | null | undefined;
    },
  ): Promise<TableId> {
    const { lake, store, streams } = this.#parts;
    const target = { layer: to.layer ?? id.layer, table: to.table ?? id.table };
    assertTableName(target.table);
    const owner = await store.streamOfTable(id);
    if (owner !== null) {
      await streams.edit(owner.sourceId, owner.name, to);
      return target;
    }
    if (formatTableId(target) !== formatTableId(id)) await renameTable(lake, id, target);
    if (to.folder !== undefined) await setFolder(lake, target, to.folder?.trim() || null);
    return target;
  }

  /** What {@link drop} needs to be sure that the right table is meant. Holds until the table changes. */
  async dropConfirmation(id: TableId): Promise<string> {
    const { table } = await this.get(id);
    const state = `${formatTableId(id)} ${table.version} ${table.committedAt}`;
    return this.#parts.keyring.fingerprint(`drop ${state}`).slice(0, 32);
  }

  /**
   * Removes a table with all its versions. A stream that fills it makes a new one in its next run.
   *
   * @param confirmation as {@link dropConfirmation} gave it
   * @throws ChartliftError `table_not_found`, `conflict`
   */
  async drop(id: TableId, confirmation: string): Promise<void> {
    if ((await this.dropConfirmation(id)) !== confirmation) {
      throw new ChartliftError(
        'conflict',
        `The confirmation does not fit ${formatTableId(id)} as it is now.`,
        'Ask for a new confirmation, look at what it names, and send that.',
      );
    }
    await dropTable(this.#parts.lake, id);
  }

  async layers(): Promise<readonly LayerListing[]> {
    const reader = await this.reader();
    const tables = await reader.tables();
    const chosen = await this.#parts.store.chosenFolders();
    return (await reader.layers()).map((name) => {
      const own = tables.filter((table) => table.layer === name);
      const folders = [
        ...own.map((table) => (table.readable ? table.folder : null)),
        ...chosen.filter(({ layer }) => layer === name).map(({ folder }) => folder),
      ].filter((folder) => folder !== null);
      return { name, tables: own.length, folders: [...new Set(folders)].sort() };
    });
  }

  /** @throws ChartliftError `layer_name_invalid`, `layer_taken` */
  async addLayer(name: string): Promise<void> {
    await createLayer(this.#parts.lake, name);
  }

  /** @throws ChartliftError `layer_unknown`, `layer_name_invalid`, `layer_taken`, `run_active` */
  async renameLayer(from: string, to: string): Promise<void> {
    const { store, runs, moves } = this.#parts;
    const writers = (await store.allStreams()).filter(({ layer }) => layer === from);
    await refuseWhileActive(runs, new Set(writers.map(({ sourceId }) => sourceId)));
    await moves.renameLayer(from, to);
  }

  /** @throws ChartliftError `layer_unknown`, `layer_not_empty` */
  async removeLayer(name: string): Promise<void> {
    const users = await this.#parts.store.layerUsers(name);
    if (users > 0) {
      throw new ChartliftError(
        'layer_not_empty',
        `${users} ${users === 1 ? 'stream writes' : 'streams write'} into layer ${name}.`,
        'Give these streams another layer first.',
      );
    }
    await removeLayer(this.#parts.lake, name);
  }

  /** Whether a table fits, asking the store for no more than the filter needs. */
  async #fits(filter: TableFilter): Promise<(id: string, table: TableListing) => boolean> {
    const { layer, folder, sourceId, text } = filter;
    const { store } = this.#parts;
    const own = sourceId === undefined ? null : await store.streams(sourceId);
    const ownIds = own && new Set(own.filter(({ selected }) => selected).map(formatTableId));
    const notes = text === undefined ? [] : await store.notes();
    const noteOf = new Map(notes.map((stream) => [formatTableId(stream), stream.note]));
    return (id, table) => {
      const labels = table.readable ? table : { folder: null, title: null };
      if (layer !== undefined && table.layer !== layer) return false;
      if (folder !== undefined && labels.folder !== folder) return false;
      if (ownIds !== null && !ownIds.has(id)) return false;
      if (text === undefined) return true;
      const words = [table.table, labels.title, noteOf.get(id)].join('\n').toLowerCase();
      return words.includes(text.toLowerCase());
    };
  }
}
