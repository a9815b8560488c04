import { Document } from 'yaml';
import type { ApiConnector } from '../service/api-types.ts';
import { namedTrigger } from './plan.ts';
import type { CurrentSource } from './plan-step.ts';
import { FILE_VERSION, type FileSourceInput } from './sources-file.ts';

const HEADER = ` Sources of chartlift: "chartlift apply" with this file makes a service like it.
 Keys stand here as the names of environment variables, never as themselves.`;

/** Secret fields of each source by its name, as texts with references; what an earlier file had. */
export type KnownReferences = ReadonlyMap<string, Readonly<Record<string, string>>>;

/**
 * All sources of a service as a file. The same sources give the same text.
 *
 * @param secretFields names of the fields that a service never gives out, by connector
 */
export function exportSources(
  current: readonly CurrentSource[],
  secretFields: ReadonlyMap<string, readonly string[]>,
  known: KnownReferences = new Map(),
): string {
  const sorted = current.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const prefixes = variablePrefixes(sorted);
  const sources = sorted.map((source, at) => {
    const fields = secretFields.get(source.connector) ?? [];
    const references = fields.map((field) => [
      field,
      known.get(source.name)?.[field] ?? `\${${prefixes[at]}_${field.toUpperCase()}}`,
    ]);
    return fileSource(source, current, Object.fromEntries(references));
  });
  const document = new Document(
    { version: FILE_VERSION, sources },
    { aliasDuplicateObjects: false },
  );
  document.commentBefore = HEADER;
  return document.toString({ lineWidth: 0 });
}

/** The secret fields of a connector. */
export function secretFieldsOf({ fields }: Pick<ApiConnector, 'fields'>): readonly string[] {
  return fields.filter(({ secret }) => secret).map(({ name }) => name);
}

function fileSource(
  source: CurrentSource,
  current: readonly CurrentSource[],
  references: Readonly<Record<string, string>>,
): Record<string, unknown> {
  const file: Omit<FileSourceInput, 'config'> & { config: Record<string, unknown> } = {
    name: source.name,
    description: source.description,
    connector: source.connector,
    config: { ...references, ...source.config },
    trigger: namedTrigger(source, current),
    ...(source.paused ? { paused: true } : {}),
    time_limit_minutes: source.time_limit_minutes,
    streams: source.streams.map(({ name, selected, layer, folder, table, note }) => ({
      stream: name,
      ...(selected ? {} : { selected }),
      layer,
      ...(folder === null ? {} : { folder }),
      table,
      ...(note === '' ? {} : { note }),
    })),
  };
  return file;
}

/**
 * What the variables of each source begin with: for one source that of its connector, as all commands
 * have it; for several each its own, since nobody can tell whether two have the same keys.
 */
function variablePrefixes(sources: readonly CurrentSource[]): readonly string[] {
  if (sources.length === 1) return sources.map(({ connector }) => variableName(connector));
  const taken = new Set<string>();
  return sources.map(({ name }) => {
    const base = variableName(name);
    let free = base;
    for (let count = 2; taken.has(free); count += 1) free = `${base}_${count}`;
    taken.add(free);
    return free;
  });
}

/** A text as the name of a variable: `Märkte (EU)` is `MARKTE_EU`. */
function variableName(text: string): string {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toUpperCase();
  const name = plain.replace(/[^A-Z0-9]+/g, '_').replace(/^_|_$/g, '');
  return /^[A-Z]/.test(name) ? name : `SOURCE_${name}`.replace(/_$/, '');
}
