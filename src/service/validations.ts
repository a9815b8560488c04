import { suggestTableName } from '../catalog/table-id.ts';
import type { Clock } from '../clock.ts';
import { ChartliftError, toChartliftError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { Actor } from '../state/actor.ts';
import type { SourceStore } from '../state/sources.ts';
import type { ValidationRecord, ValidationStore } from '../state/validations.ts';
import type { CheckResult, Connector, StreamSummary, Warning } from '../stream/connector.ts';
import type { Column } from '../stream/schema.ts';
import { fieldsInvalid, parseConfig, splitConfig } from './account.ts';
import { type Connectors, connectorNamed } from './connectors.ts';
import { errorRecord } from './error-record.ts';
import type { EventHub } from './event-hub.ts';
import type { SourceSecrets } from './source-secrets.ts';

/** One check as it is kept and shown; `stream` is null for the credentials. */
export interface CheckRecord {
  readonly stream: string | null;
  readonly ok: boolean;
  readonly summary: StreamSummary | null;
  readonly warnings: readonly Warning[];
  readonly error: { readonly code: string; readonly message: string; readonly help: string } | null;
}

/** A stream that the settings give, with the table name that nobody has to change. */
export interface DiscoveredStream {
  readonly name: string;
  readonly description: string;
  readonly columns: readonly Column[];
  readonly syncModes: readonly string[];
  readonly suggestedTable: string;
  /** Whether the source that is validated for has it already. */
  readonly configured: boolean;
}

/** A validation with what it has found so far. */
export interface ValidationState {
  readonly validation: ValidationRecord;
  readonly checks: readonly { readonly seq: number; readonly check: CheckRecord }[];
  readonly streams: readonly DiscoveredStream[];
}

/** Who checks sits and waits: longer than two of Amplitude's longest pauses (5 min) is of no use. */
const CHECK_LIMIT_MS = 10 * 60_000;

export interface ValidationParts {
  readonly connectors: Connectors;
  readonly sources: SourceStore;
  readonly validations: ValidationStore;
  readonly secrets: SourceSecrets;
  readonly clock: Clock;
  readonly hub: EventHub;
  readonly logger: Logger;
}

/**
 * Checks settings before they are saved: the credentials, then each chart. Runs beside the request that
 * asked for it; {@link EventHub} topic `validation:<id>` tells of each check.
 */
export class Validations {
  readonly #parts: ValidationParts;
  readonly #running = new Map<string, { stop: AbortController; done: Promise<void> }>();

  constructor(parts: ValidationParts) {
    this.#parts = parts;
  }

  /**
   * Begins to check settings for a new source.
   * @throws ChartliftError `not_found` (connector), `fields_invalid`
   */
  async startNew(
    connectorName: string,
    input: Readonly<Record<string, unknown>>,
    actor: Actor,
  ): Promise<ValidationRecord> {
    const connector = connectorNamed(this.#parts.connectors, connectorName);
    const config = parseConfig(connector, input);
    return this.#start(connector, config, input, { purpose: 'new', sourceId: null, actor });
  }

  /**
   * Begins to check changes of a source. New credentials are checked against every chart that it has;
   * anything else is an addition, of which only what is new is checked.
   *
   * @throws ChartliftError `not_found`, `fields_invalid`
   */
  async startForSource(
    sourceId: string,
    input: Readonly<Record<string, unknown>>,
    actor: Actor,
  ): Promise<ValidationRecord> {
    const { connectors, sources, secrets } = this.#parts;
    const source = await sources.get(sourceId);
    if (source === null) throw noSource(sourceId);
    const connector = connectorNamed(connectors, source.connector);
    const known = secrets.open(source.id, source.sealedSecrets);
    const whole = { ...source.config, ...known, ...input };
    const config = parseConfig(connector, whole);
    const changesLists = Object.keys(input).some((name) => Array.isArray(source.config[name]));
    const purpose = changesLists ? 'add_streams' : 'credentials';
    const others = Object.keys(input).filter((name) => !Array.isArray(source.config[name]));
    if (changesLists && others.length > 0) {
      const message = 'is changed by a validation of its own, before or after charts are added';
      throw fieldsInvalid(others.map((name) => ({ path: ['config', name], message })));
    }
    if (purpose === 'add_streams') {
      const before = connector.discover(parseConfig(connector, { ...source.config, ...known }));
      const fresh = connector
        .discover(config)
        .filter(({ name }) => !before.some((stream) => stream.name === name));
      if (fresh.length === 0) {
        const message = 'names nothing that this source does not have already';
        throw fieldsInvalid([{ path: ['config'], message }]);
      }
    }
    return this.#start(connector, config, whole, { purpose, sourceId, actor });
  }

  /** A validation with what it has found so far. Throws `not_found`. */
  async read(id: string): Promise<ValidationState> {
    const { validations } = this.#parts;
    const validation = await validations.get(id);
    if (validation === null) {
      throw new ChartliftError(
        'not_found',
        `There is no validation ${id}.`,
        'Validate the settings again; validations are kept for a day.',
      );
    }
    const checks = await validations.checks<CheckRecord>(id, 0);
    return { validation, checks, streams: await validations.streams<DiscoveredStream>(id) };
  }

  /** The same again whenever there is something new; ends with the validation or the signal. */
  async *follow(id: string, signal: AbortSignal): AsyncGenerator<ValidationState, void, undefined> {
    for await (const _ of this.#parts.hub.listen(`validation:${id}`, signal)) {
      const state = await this.read(id);
      yield state;
      if (state.validation.status !== 'running') return;
    }
  }

  /** Stops what is being checked. */
  async stop(): Promise<void> {
    const running = [...this.#running.values()];
    for (const { stop } of running) stop.abort(stopped());
    await Promise.all(running.map(({ done }) => done));
  }

  async #start(
    connector: Connector<unknown>,
    config: unknown,
    input: Readonly<Record<string, unknown>>,
    about: {
      readonly purpose: ValidationRecord['purpose'];
      readonly sourceId: string | null;
      readonly actor: Actor;
    },
  ): Promise<ValidationRecord> {
    const { validations, secrets, clock } = this.#parts;
    const split = splitConfig(connector, config, input);
    const validation = await validations.create({
      connector: connector.name,
      config: split.settings,
      seal: (id) => secrets.seal(id, split.secrets),
      sourceId: about.sourceId,
      purpose: about.purpose,
      createdBy: about.actor.name,
    });
    const stop = new AbortController();
    const done = this.#check(validation, connector, config, stop.signal, clock.now()).finally(() =>
      this.#running.delete(validation.id),
    );
    this.#running.set(validation.id, { stop, done });
    return validation;
  }

  /** Never throws: what goes wrong ends the validation as failed. */
  async #check(
    { id, sourceId }: ValidationRecord,
    connector: Connector<unknown>,
    config: unknown,
    signal: AbortSignal,
    startedAt: number,
  ): Promise<void> {
    const { validations, hub, logger } = this.#parts;
    let good = false;
    try {
      const context = {
        signal,
        deadline: startedAt + CHECK_LIMIT_MS,
        onProgress: () => undefined,
      };
      for await (const result of connector.check(config, context)) {
        good ||= result.stream !== null && result.ok;
        await validations.appendCheck(id, checkRecord(result));
        hub.tell(`validation:${id}`);
      }
      const streams = await this.#discovered(connector, config, sourceId);
      await validations.finish(id, good ? 'ready' : 'failed', streams);
    } catch (error) {
      logger.error({ err: toChartliftError(error), validation: id }, 'a validation failed');
      await validations.finish(id, 'failed', []).catch(() => undefined);
    }
    hub.tell(`validation:${id}`);
  }

  async #discovered(
    connector: Connector<unknown>,
    config: unknown,
    sourceId: string | null,
  ): Promise<DiscoveredStream[]> {
    const records = sourceId === null ? [] : await this.#parts.sources.streams(sourceId);
    return connector.discover(config).map((stream) => ({
      name: stream.name,
      description: stream.description,
      columns: stream.columns,
      syncModes: stream.syncModes,
      suggestedTable: suggestTableName(stream.name),
      configured: records.some(({ name }) => name === stream.name),
    }));
  }
}

function checkRecord(result: CheckResult): CheckRecord {
  const { stream, warnings } = result;
  if (!result.ok) {
    return { stream, ok: false, summary: null, warnings, error: errorRecord(result.error) };
  }
  return { stream, ok: true, summary: result.summary, warnings, error: null };
}

/** The error for a source that is not there. */
export function noSource(id: string): ChartliftError {
  return new ChartliftError(
    'not_found',
    `There is no source ${id}.`,
    'List the sources; it may have been deleted.',
  );
}

function stopped(): ChartliftError {
  return new ChartliftError(
    'interrupted',
    'chartlift is stopping.',
    'Validate again once it is back.',
  );
}
