import type { z } from '@hono/zod-openapi';
import type { connectorSchema } from '../../../src/server/connectors/schema.ts';
import type { Draft } from '../draft.ts';

/** A field of a connector, as the connector describes it. */
export type ConnectorField = z.output<typeof connectorSchema>['fields'][number];

/** The first field that has to be filled in and is not; null if there is none. */
export function missingField(
  fields: readonly ConnectorField[],
  config: Draft['config'],
): ConnectorField | null {
  const isMissing = ({ name, required, default: usual }: ConnectorField) =>
    required && usual === null && (config[name] ?? '').length === 0;
  return fields.find(isMissing) ?? null;
}

/** The settings as the API takes them: what nobody filled in is left to the connector. */
export function filledConfig(config: Draft['config']): Record<string, string | string[]> {
  const filled = Object.entries(config).filter(([, value]) => value.length > 0);
  return Object.fromEntries(
    filled.map(([name, value]) => [name, typeof value === 'string' ? value : [...value]]),
  );
}
