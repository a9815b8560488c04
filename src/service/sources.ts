import type { Clock } from '../clock.ts';
import { nextRuns } from '../jobs/schedule/next-runs.ts';
import type { Actor } from '../state/actor.ts';
import { newId } from '../state/id.ts';
import type { RunStore } from '../state/runs.ts';
import type { SourceRecord } from '../state/source-record.ts';
import type { SourceStore } from '../state/sources.ts';
import type { Trigger } from '../state/trigger.ts';
import type { ValidationStore } from '../state/validations.ts';
import { parseConfig, splitConfig } from './account.ts';
import { type Connectors, connectorNamed } from './connectors.ts';
import { wordIssues } from './description.ts';
import { refuseIssues, SourceRules } from './source-rules.ts';
import type { SourceSecrets } from './source-secrets.ts';
import { type ChoiceDefaults, resolveChoices, type StreamChoice } from './stream-choice.ts';
import { adviseTrigger, type TriggerAdvice } from './trigger-advice.ts';
import {
  checksOf,
  chosenConfig,
  foundStreams,
  readyValidation,
  uselessChoices,
} from './validated-choice.ts';
import { noSource } from './validations.ts';

export interface SourceParts {
  readonly connectors: Connectors;
  readonly sources: SourceStore;
  readonly runs: RunStore;
  readonly validations: ValidationStore;
  readonly secrets: SourceSecrets;
  readonly lake: string;
  readonly clock: Clock;
  /** Called when something may be due earlier than before. */
  readonly rescheduled: () => void;
}

/** What a person gives in steps 3 and 4 of the wizard. */
export interface NewSourceRequest extends ChoiceDefaults {
  readonly validationId: string;
  readonly name: string;
  readonly description: string;
  readonly streams: readonly StreamChoice[];
  readonly trigger: Trigger;
  readonly timeLimitMs: number;
  readonly paused: boolean;
}

/** What can be changed of a source by itself. */
export interface SourceChanges {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly trigger?: Trigger | undefined;
  readonly timeLimitMs?: number | undefined;
  readonly paused?: boolean | undefined;
}

/** Makes, changes and removes sources. Whatever cannot be used is told before anything is saved. */
export class Sources {
  readonly #parts: SourceParts;

  readonly #rules: SourceRules;

  constructor(parts: SourceParts) {
    this.#parts = parts;
    this.#rules = new SourceRules(parts);
  }

  /** @throws ChartliftError `not_found` */
  async get(id: string): Promise<SourceRecord> {
    const source = await this.#parts.sources.get(id);
    if (source === null) throw noSource(id);
    return source;
  }

  /** @throws ChartliftError `fields_invalid`, `not_found` (validation), `conflict` (not ready) */
  async create(request: NewSourceRequest, actor: Actor): Promise<SourceRecord> {
    const { sources, secrets, clock } = this.#parts;
    const { validation, checks } = await readyValidation(
      this.#parts.validations,
      request.validationId,
      'new',
      null,
    );
    const connector = connectorNamed(this.#parts.connectors, validation.connector);
    const opened = secrets.open(validation.id, validation.sealedSecrets);
    const config = chosenConfig(connector, { validation, checks }, opened, request.streams);
    const { records, issues } = resolveChoices(
      connector.discover(config),
      request.streams,
      request,
      await this.#rules.surroundings(null),
      foundStreams(checks),
    );
    refuseIssues([
      ...issues,
      ...uselessChoices(request.streams, checks),
      ...wordIssues(request),
      ...(await this.#rules.nameIssues(request.name, null)),
      ...(await this.#rules.triggerIssues(request.trigger, null)),
    ]);
    const id = newId('src', clock.now());
    const split = splitConfig(connector, config, opened);
    const source = await sources.create(
      {
        id,
        connector: connector.name,
        name: request.name.trim(),
        description: request.description.trim(),
        config: split.settings,
        sealedSecrets: secrets.seal(id, split.secrets),
        limitGroup: secrets.limitGroup(connector, config),
        trigger: request.trigger,
        paused: request.paused,
        nextRunAt: this.#nextRunAt(request.trigger),
        timeLimitMs: request.timeLimitMs,
        createdBy: actor.name,
      },
      records,
    );
    this.#parts.rescheduled();
    return source;
  }

  /**
   * @param revision the one that the caller has seen; absent: whatever it is
   * @throws ChartliftError `not_found`, `fields_invalid`, `conflict`
   */
  async update(id: string, changes: SourceChanges, revision?: number): Promise<SourceRecord> {
    const before = await this.get(id);
    const { trigger } = changes;
    refuseIssues([
      ...wordIssues(changes),
      ...(changes.name === undefined ? [] : await this.#rules.nameIssues(changes.name, id)),
      ...(trigger === undefined ? [] : await this.#rules.triggerIssues(trigger, id)),
    ]);
    const resumed = before.paused && changes.paused === false;
    const due =
      trigger !== undefined || resumed
        ? { nextRunAt: this.#nextRunAt(trigger ?? before.trigger) }
        : {};
    const source = await this.#parts.sources.update(
      id,
      {
        ...definedOf(changes),
        ...(changes.name === undefined ? {} : { name: changes.name.trim() }),
        ...(changes.description === undefined ? {} : { description: changes.description.trim() }),
        ...due,
      },
      revision,
    );
    this.#parts.rescheduled();
    return source;
  }

  /**
   * Changes the credentials to those that a validation has accepted.
   * @throws ChartliftError `not_found`, `conflict`
   */
  async changeCredentials(id: string, validationId: string): Promise<SourceRecord> {
    const { sources, secrets, connectors } = this.#parts;
    const source = await this.get(id);
    const { validation } = await readyValidation(
      this.#parts.validations,
      validationId,
      'credentials',
      id,
    );
    const connector = connectorNamed(connectors, source.connector);
    const opened = secrets.open(validation.id, validation.sealedSecrets);
    // Charts that were added while the credentials were checked stay.
    const lists = Object.entries(source.config).filter(([, value]) => Array.isArray(value));
    const input = { ...validation.config, ...Object.fromEntries(lists), ...opened };
    const config = parseConfig(connector, input);
    const split = splitConfig(connector, config, opened);
    return sources.update(id, {
      config: split.settings,
      sealedSecrets: secrets.seal(id, split.secrets),
      limitGroup: secrets.limitGroup(connector, config),
    });
  }

  /**
   * A second source with the same account and streams, paused, its tables under names of their own.
   * @throws ChartliftError `not_found`, `fields_invalid`
   */
  async duplicate(
    id: string,
    request: { readonly name?: string | undefined; readonly prefix: string },
    actor: Actor,
  ): Promise<SourceRecord> {
    const { sources, secrets, clock, connectors } = this.#parts;
    const source = await this.get(id);
    const connector = connectorNamed(connectors, source.connector);
    const config = await secrets.configOf(source, connector);
    const streams = await sources.streams(id);
    const name = request.name ?? (await this.#freeName(source.name));
    const found = new Map(streams.map((stream) => [stream.name, stream]));
    const { records, issues } = resolveChoices(
      connector.discover(config),
      streams
        .filter(({ selected }) => selected)
        .map(({ name: stream, layer, folder, table, note }) => {
          return { stream, layer, folder, note, table: `${request.prefix}${table}` };
        }),
      { layer: streams[0]?.layer ?? '', folder: null, prefix: request.prefix },
      await this.#rules.surroundings(null),
      found,
    );
    refuseIssues([
      ...issues,
      ...wordIssues({ name }),
      ...(await this.#rules.nameIssues(name, null)),
    ]);
    const copy = newId('src', clock.now());
    return sources.create(
      {
        id: copy,
        connector: source.connector,
        name,
        description: source.description,
        config: source.config,
        sealedSecrets: secrets.seal(copy, secrets.open(id, source.sealedSecrets)),
        limitGroup: source.limitGroup,
        trigger: source.trigger,
        paused: true,
        nextRunAt: null,
        timeLimitMs: source.timeLimitMs,
        createdBy: actor.name,
      },
      records,
    );
  }

  /** What a trigger would mean for a source, or for a new one. */
  async advise(
    trigger: Trigger,
    about: { readonly sourceId?: string | undefined; readonly validationId?: string | undefined },
  ): Promise<TriggerAdvice> {
    const { sources, clock } = this.#parts;
    const { sourceId, validationId } = about;
    const caches: (number | null | undefined)[] = [];
    if (sourceId !== undefined) {
      await this.get(sourceId);
      for (const stream of await sources.streams(sourceId)) {
        if (stream.selected) caches.push(stream.cacheMs);
      }
    }
    if (validationId !== undefined) {
      const checks = await checksOf(this.#parts.validations, validationId);
      caches.push(...checks.map(({ summary }) => summary?.shape.cacheMs));
    }
    refuseIssues(await this.#rules.triggerIssues(trigger, sourceId ?? null));
    return adviseTrigger(
      trigger,
      caches.filter((ms) => typeof ms === 'number'),
      clock.now(),
    );
  }

  async #freeName(name: string): Promise<string> {
    for (let count = 1; ; count += 1) {
      const free = `${name} (${count === 1 ? 'copy' : `copy ${count}`})`;
      if ((await this.#parts.sources.named(free)) === null) return free;
    }
  }

  #nextRunAt(trigger: Trigger): string | null {
    const [next] = nextRuns(trigger, this.#parts.clock.now(), 1);
    return next === undefined ? null : new Date(next).toISOString();
  }
}

/** Changes without what is not given. */
function definedOf({ trigger, timeLimitMs, paused }: SourceChanges) {
  return {
    ...(trigger === undefined ? {} : { trigger }),
    ...(timeLimitMs === undefined ? {} : { timeLimitMs }),
    ...(paused === undefined ? {} : { paused }),
  };
}
