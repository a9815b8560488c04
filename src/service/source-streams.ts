import { formatTableId } from '../catalog/table-id.ts';
import type { Clock } from '../clock.ts';
import { ChartliftError } from '../errors.ts';
import type { RunStore } from '../state/runs.ts';
import type { SourceRecord, StreamRecord } from '../state/source-record.ts';
import type { SourceStore } from '../state/sources.ts';
import type { ValidationStore } from '../state/validations.ts';
import { fieldsInvalid, parseConfig, splitConfig, withAdditions } from './account.ts';
import { type Connectors, connectorNamed } from './connectors.ts';
import type { Moves } from './moves.ts';
import { refuseWhileActive } from './run-active.ts';
import { refuseIssues, SourceRules } from './source-rules.ts';
import type { SourceSecrets } from './source-secrets.ts';
import {
  type ChoiceDefaults,
  recordIssues,
  resolveChoices,
  type StreamChoice,
} from './stream-choice.ts';
import { chosenConfig, foundStreams, readyValidation, uselessChoices } from './validated-choice.ts';
import { noSource } from './validations.ts';

export interface SourceStreamParts {
  readonly connectors: Connectors;
  readonly sources: SourceStore;
  readonly runs: RunStore;
  readonly validations: ValidationStore;
  readonly secrets: SourceSecrets;
  readonly moves: Moves;
  readonly lake: string;
  readonly clock: Clock;
}

/** Streams that are added to a source. */
export interface AddedStreams extends ChoiceDefaults {
  readonly validationId: string;
  readonly streams: readonly StreamChoice[];
}

/** What can be changed of a stream. */
export interface StreamChanges {
  readonly selected?: boolean | undefined;
  readonly layer?: string | undefined;
  readonly folder?: string | null | undefined;
  readonly table?: string | undefined;
  readonly note?: string | undefined;
}

/** The streams of sources, and the tables that they become. */
export class SourceStreams {
  readonly #parts: SourceStreamParts;
  readonly #rules: SourceRules;

  constructor(parts: SourceStreamParts) {
    this.#parts = parts;
    this.#rules = new SourceRules(parts);
  }

  /** @throws ChartliftError `not_found` */
  async get(id: string, name: string): Promise<StreamRecord> {
    const stream = (await this.#parts.sources.streams(id)).find((record) => record.name === name);
    if (stream !== undefined) return stream;
    throw new ChartliftError(
      'not_found',
      `The source has no stream ${name}.`,
      'List its streams; new charts are added with "Add streams".',
    );
  }

  /**
   * Adds what a validation found to a source ("Add streams").
   * @throws ChartliftError `not_found`, `fields_invalid`, `conflict`
   */
  async add(
    id: string,
    request: {
      readonly validationId: string;
      readonly streams: readonly StreamChoice[];
    } & ChoiceDefaults,
  ): Promise<readonly StreamRecord[]> {
    const { sources, secrets } = this.#parts;
    const source = await this.#source(id);
    const { validation, checks } = await readyValidation(
      this.#parts.validations,
      request.validationId,
      'add_streams',
      id,
    );
    const connector = connectorNamed(this.#parts.connectors, source.connector);
    const opened = secrets.open(source.id, source.sealedSecrets);
    const added = chosenConfig(connector, { validation, checks }, opened, request.streams);
    const settings = withAdditions(source.config, splitConfig(connector, added, opened).settings);
    const config = parseConfig(connector, { ...settings, ...opened });
    const known = new Set((await sources.streams(id)).map(({ name }) => name));
    const fresh = connector.discover(config).filter(({ name }) => !known.has(name));
    const { records, issues } = resolveChoices(
      fresh,
      request.streams,
      request,
      await this.#rules.surroundings(id),
      foundStreams(checks),
    );
    refuseIssues([...issues, ...uselessChoices(request.streams, checks)]);
    const { settings: kept } = splitConfig(connector, config, opened);
    await sources.addStreams(id, records, kept);
    return sources.streams(id);
  }

  /**
   * Takes a chart out of a source; its table stays.
   * @throws ChartliftError `not_found`, `conflict` for the last chart, or what is no chart
   */
  async remove(id: string, stream: string): Promise<void> {
    const { sources, secrets, connectors } = this.#parts;
    const source = await this.#source(id);
    await this.get(id, stream);
    const connector = connectorNamed(connectors, source.connector);
    const config = await secrets.configOf(source, connector);
    const rest = connector.without(config, stream);
    if (rest === null) {
      throw new ChartliftError(
        'conflict',
        `${stream} cannot be taken out of the source.`,
        'It is the last chart, or tells about the others. Deselect the stream, or delete the source.',
      );
    }
    await sources.removeStream(id, stream, splitConfig(connector, rest, {}).settings);
  }

  /**
   * Changes one stream. A table that is there already goes along: to its new name, layer or folder, with
   * all its versions.
   *
   * @throws ChartliftError `not_found`, `fields_invalid`, `run_active` for a new place while the source is run
   */
  async edit(id: string, name: string, changes: StreamChanges): Promise<StreamRecord> {
    const { sources, runs, moves } = this.#parts;
    const before = await this.get(id, name);
    const after: StreamRecord = {
      ...before,
      selected: changes.selected ?? before.selected,
      layer: changes.layer ?? before.layer,
      folder: changes.folder === undefined ? before.folder : changes.folder?.trim() || null,
      table: changes.table ?? before.table,
      note: changes.note?.trim() ?? before.note,
    };
    const { layers, ownerOf } = await this.#rules.surroundings(id);
    refuseIssues(recordIssues(after, layers));
    const owner = after.selected ? ownerOf(after, name) : null;
    if (owner !== null) {
      const message = `${formatTableId(after)} belongs to ${owner}`;
      throw fieldsInvalid([{ path: ['table'], message }]);
    }
    if (!before.selected || isSamePlace(before, after))
      return sources.updateStream(id, name, after);
    // A run has read where its tables are: it would make the old one anew.
    await refuseWhileActive(runs, new Set([id]));
    return moves.moveStream(before, after, () => refuseWhileActive(runs, new Set([id])));
  }

  async #source(id: string): Promise<SourceRecord> {
    const source = await this.#parts.sources.get(id);
    if (source === null) throw noSource(id);
    return source;
  }
}

function isSamePlace(a: StreamRecord, b: StreamRecord): boolean {
  return a.layer === b.layer && a.table === b.table && a.folder === b.folder;
}
