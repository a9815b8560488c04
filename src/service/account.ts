import { z } from 'zod';
import { ChartliftError, type FieldIssue } from '../errors.ts';
import type { Connector } from '../stream/connector.ts';
import { specFields } from './connectors.ts';

/** A configuration as it is stored: what anyone may see, and what must be sealed. */
export interface SplitConfig {
  readonly settings: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, string>>;
}

const settingsSchema = z.record(z.string(), z.unknown());

/**
 * Reads a configuration by its connector's spec.
 *
 * @param under the path of the configuration in the request, put before the path of each issue
 * @throws ChartliftError `fields_invalid`
 */
export function parseConfig(
  connector: Connector<unknown>,
  input: unknown,
  under: readonly string[] = ['config'],
): unknown {
  const parsed = connector.spec.safeParse(input);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => ({
    path: [...under, ...issue.path.map(pathPart)],
    message: issue.message,
  }));
  throw fieldsInvalid(issues);
}

/** The error for fields that cannot be used. */
export function fieldsInvalid(issues: readonly FieldIssue[]): ChartliftError {
  const [first, ...more] = issues;
  const where = first?.path.join('.') ?? '';
  return new ChartliftError(
    'fields_invalid',
    `${where === '' ? 'The request' : where} ${first?.message ?? 'cannot be used'}${
      more.length === 0 ? '' : ` (and ${more.length} more)`
    }`,
    'Correct the fields that are named; nothing was saved.',
    { issues },
  );
}

/**
 * Parts a configuration that has passed the spec from its secrets. Settings are what the spec made of
 * the input: chart ids instead of pasted addresses.
 */
export function splitConfig(
  connector: Connector<unknown>,
  config: unknown,
  input: Readonly<Record<string, unknown>>,
): SplitConfig {
  const secretNames = new Set(
    specFields(connector)
      .filter((field) => field.secret)
      .map((field) => field.name),
  );
  const parsed = Object.entries(settingsSchema.parse(config));
  return {
    settings: Object.fromEntries(parsed.filter(([name]) => !secretNames.has(name))),
    secrets: Object.fromEntries(
      [...secretNames].flatMap((name) => {
        const value = input[name];
        return typeof value === 'string' ? [[name, value.trim()]] : [];
      }),
    ),
  };
}

/** What a person gives to change some of a configuration: lists are added to, all else replaced. */
export function withAdditions(
  settings: Readonly<Record<string, unknown>>,
  changes: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...settings };
  for (const [name, value] of Object.entries(changes)) {
    const before = settings[name];
    merged[name] = Array.isArray(before) ? [...before, ...[value].flat()] : value;
  }
  return merged;
}

function pathPart(part: PropertyKey): string | number {
  return typeof part === 'number' ? part : String(part);
}
