import { ChartliftError, type FieldIssue } from '../errors.ts';
import type { ValidationRecord, ValidationStore } from '../state/validations.ts';
import type { Connector } from '../stream/connector.ts';
import { parseConfig } from './account.ts';
import type { FoundStream, StreamChoice } from './stream-choice.ts';
import type { CheckRecord } from './validations.ts';

/** A validation that something can be made of, with what it found. */
export interface ReadyValidation {
  readonly validation: ValidationRecord;
  readonly checks: readonly CheckRecord[];
}

/**
 * The validation of this id, if it is for this and has ended well.
 * @throws ChartliftError `not_found`, `conflict`
 */
export async function readyValidation(
  validations: ValidationStore,
  id: string,
  purpose: ValidationRecord['purpose'],
  sourceId: string | null,
): Promise<ReadyValidation> {
  const validation = await validations.get(id);
  const fits = validation?.purpose === purpose && validation.sourceId === sourceId;
  if (validation === null || !fits) {
    throw new ChartliftError(
      'not_found',
      `There is no validation ${id} for this.`,
      'Validate the settings again; validations are kept for a day.',
    );
  }
  if (validation.status === 'ready') {
    return { validation, checks: await checksOf(validations, id) };
  }
  throw new ChartliftError(
    'conflict',
    validation.status === 'running'
      ? 'The validation has not ended yet.'
      : 'The validation found nothing that can be read.',
    validation.status === 'running'
      ? 'Wait until its status is ready.'
      : 'Correct what its checks name, and validate again.',
  );
}

/** What a validation has found so far. */
export async function checksOf(
  validations: ValidationStore,
  id: string,
): Promise<readonly CheckRecord[]> {
  const checks = await validations.checks<CheckRecord>(id, 0);
  return checks.map(({ check }) => check);
}

/** What is kept of each stream that could be read. */
export function foundStreams(checks: readonly CheckRecord[]): ReadonlyMap<string, FoundStream> {
  return new Map(
    checks.flatMap(({ stream, summary }) =>
      stream === null || summary === null
        ? []
        : [[stream, { title: summary.title, cacheMs: summary.shape.cacheMs }] as const],
    ),
  );
}

/**
 * The configuration that a validation has checked. Charts that failed and were not chosen are left out.
 *
 * @param secrets of the configuration
 */
export function chosenConfig(
  connector: Connector<unknown>,
  { validation, checks }: ReadyValidation,
  secrets: Readonly<Record<string, string>>,
  choices: readonly StreamChoice[],
): unknown {
  const chosen = new Set(choices.map(({ stream }) => stream));
  const config = parseConfig(connector, { ...validation.config, ...secrets });
  return checks
    .filter(({ ok, stream }) => !ok && stream !== null && !chosen.has(stream))
    .reduce((rest, { stream }) => connector.without(rest, stream ?? '') ?? rest, config);
}

/** Codes of a check that can go better in the first run: the stream may be chosen all the same. */
const PASSING = new Set(['rate_limited', 'amplitude_unavailable', 'interrupted']);

/** What is wrong with a choice: none at all, or streams whose check says that they cannot be read. */
export function uselessChoices(
  choices: readonly StreamChoice[],
  checks: readonly CheckRecord[],
): FieldIssue[] {
  if (choices.length === 0) return [{ path: ['streams'], message: 'names no stream' }];
  return choices.flatMap(({ stream }, at) => {
    const error = checks.find((check) => check.stream === stream)?.error;
    if (error == null || PASSING.has(error.code)) return [];
    return [{ path: ['streams', at, 'stream'], message: `cannot be read: ${error.message}` }];
  });
}
