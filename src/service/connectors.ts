import { z } from 'zod';
import { ChartliftError } from '../errors.ts';
import type { Connector } from '../stream/connector.ts';

/** The connectors that sources may use, by name. */
export type Connectors = ReadonlyMap<string, Connector<unknown>>;

/** One field of a connector's spec, as forms and references show it. */
export interface SpecField {
  readonly name: string;
  readonly title: string;
  /** Where to find it, in words for people. */
  readonly description: string;
  /** Write-only: never given out again. */
  readonly secret: boolean;
  readonly required: boolean;
  /** `list`: texts, or one text with several pasted into it. */
  readonly type: 'text' | 'choice' | 'list';
  readonly choices: readonly string[];
  readonly default: string | null;
}

const propertySchema = z.looseObject({
  type: z.string().optional(),
  title: z.string().optional(),
  description: z.string().optional(),
  secret: z.boolean().optional(),
  enum: z.array(z.string()).optional(),
  default: z.string().optional(),
  anyOf: z.array(z.looseObject({ type: z.string().optional() })).optional(),
});

const specSchema = z.looseObject({
  properties: z.record(z.string(), propertySchema),
  required: z.array(z.string()).default([]),
});

/** The connector of this name. Throws `not_found` naming those there are. */
export function connectorNamed(connectors: Connectors, name: string): Connector<unknown> {
  const connector = connectors.get(name);
  if (connector !== undefined) return connector;
  throw new ChartliftError(
    'not_found',
    `There is no connector ${JSON.stringify(name)}.`,
    `Choose from: ${[...connectors.keys()].join(', ')}.`,
  );
}

/** The JSON Schema of a connector's configuration as it is given (JSON Schema 2020-12). */
export function specJsonSchema(connector: Connector<unknown>): Record<string, unknown> {
  return z.toJSONSchema(connector.spec, { io: 'input' });
}

/** The fields of a connector's spec, in its order: the one schema, read for people. */
export function specFields(connector: Connector<unknown>): readonly SpecField[] {
  const spec = specSchema.parse(specJsonSchema(connector));
  return Object.entries(spec.properties).map(([name, property]) => ({
    name,
    title: property.title ?? name,
    description: property.description ?? '',
    secret: property.secret ?? false,
    required: spec.required.includes(name) && property.default === undefined,
    type: fieldType(property),
    choices: property.enum ?? [],
    default: property.default ?? null,
  }));
}

function fieldType(property: z.output<typeof propertySchema>): SpecField['type'] {
  if (property.enum !== undefined) return 'choice';
  const types = [property.type, ...(property.anyOf ?? []).map((option) => option.type)];
  return types.includes('array') ? 'list' : 'text';
}
