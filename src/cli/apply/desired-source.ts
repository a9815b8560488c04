import { z } from 'zod';
import { suggestTableName } from '../../catalog/table-id.ts';
import type { FieldIssue } from '../../errors.ts';
import { amplitudeSpec } from '../../source/amplitude/spec.ts';
import { chartStreamName, METADATA_STREAM } from '../../source/amplitude/streams.ts';
import type { NamedTrigger } from '../service/read-trigger.ts';
import type { FileSource } from './sources-file.ts';

/** Where the table of a stream stands, and what it is for. */
export interface StreamPlace {
  readonly layer: string;
  readonly folder: string | null;
  readonly table: string;
  readonly note: string;
}

/** A stream as a file wants it. */
export interface DesiredStream {
  readonly stream: string;
  readonly selected: boolean;
  /** Null: it is not synced, and wherever it stands is fine. */
  readonly place: StreamPlace | null;
}

/** A source as a file wants it, every default filled in. */
export interface DesiredSource {
  readonly name: string;
  readonly description: string;
  readonly connector: string;
  /** The fields of the connector that are single values and no secrets. */
  readonly settings: Readonly<Record<string, string>>;
  readonly charts: readonly string[];
  /** As the file has them, references and all. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly trigger: NamedTrigger;
  readonly paused: boolean;
  readonly timeLimitMinutes: number;
  /** One for each stream that the charts give, in their order. */
  readonly streams: readonly DesiredStream[];
}

/** Fields of the connector that a service never gives out again. */
export const SECRET_FIELDS = ['api_key', 'secret_key'] as const;

const settingsSchema = amplitudeSpec.omit({ api_key: true, secret_key: true });
const secretsSchema = z.object({
  api_key: z.string().optional(),
  secret_key: z.string().optional(),
});

/** The name of the stream that a chart gives. */
export const streamOfChart = chartStreamName;

/**
 * What a source of a file means.
 *
 * @param source with the references of its settings expanded
 * @returns the source, or what cannot be used, by its path in the source
 */
export function desiredSource(
  source: FileSource,
): { readonly desired: DesiredSource } | { readonly issues: readonly FieldIssue[] } {
  if (source.connector !== 'amplitude') {
    return { issues: [{ path: ['connector'], message: 'is no connector; there is amplitude' }] };
  }
  const secrets = secretsSchema.safeParse(source.config);
  const open = Object.entries(source.config).filter(
    ([name]) => !SECRET_FIELDS.some((field) => field === name),
  );
  const parsed = settingsSchema.safeParse(Object.fromEntries(open));
  if (!secrets.success || !parsed.success) {
    const found = [...(secrets.error?.issues ?? []), ...(parsed.error?.issues ?? [])];
    return { issues: found.map(issueOf) };
  }
  const { chart_ids: charts, ...settings } = parsed.data;
  const names = [...charts.map(streamOfChart), METADATA_STREAM];
  const issues = streamIssues(source, names);
  if (issues.length > 0) return { issues };
  const { name, description, connector, trigger, paused } = source;
  return {
    desired: {
      name,
      description,
      connector,
      settings,
      charts,
      secrets: Object.fromEntries(
        SECRET_FIELDS.flatMap((field) => {
          const value = secrets.data[field]?.trim();
          return value ? [[field, value]] : [];
        }),
      ),
      trigger,
      paused,
      timeLimitMinutes: source.time_limit_minutes,
      streams: names.map((stream) => desiredStream(source, stream)),
    },
  };
}

function desiredStream(source: FileSource, stream: string): DesiredStream {
  const listed = source.streams?.find((one) => one.stream === stream);
  if (source.streams !== undefined && listed === undefined) {
    return { stream, selected: false, place: null };
  }
  const folder = listed?.folder === undefined ? source.folder : listed.folder;
  return {
    stream,
    selected: listed?.selected ?? true,
    place: {
      layer: listed?.layer ?? source.layer,
      folder: folder?.trim() || null,
      table: listed?.table ?? suggestTableName(stream, source.prefix),
      note: listed?.note.trim() ?? '',
    },
  };
}

function streamIssues({ streams = [] }: FileSource, names: readonly string[]): FieldIssue[] {
  return streams.flatMap(({ stream }, at) => {
    const path = ['streams', at, 'stream'];
    if (!names.includes(stream)) {
      return [{ path, message: `is no stream of these charts; choose from ${names.join(', ')}` }];
    }
    const first = streams.findIndex((other) => other.stream === stream);
    return first < at ? [{ path, message: 'stands there twice' }] : [];
  });
}

function issueOf(issue: {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}): FieldIssue {
  const path = issue.path.map((part) => (typeof part === 'number' ? part : String(part)));
  return { path: ['config', ...path], message: issue.message };
}
