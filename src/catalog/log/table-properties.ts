/** What a table says of itself to people, kept in its Delta table properties (DESIGN §2.3). */
export interface TableLabels {
  /** The stream that fills the table. */
  readonly stream: string;
  /** The connector that reads the stream. */
  readonly source: string | null;
  /** Groups tables inside a layer; no part of a table's name. */
  readonly folder: string | null;
  /** The stream's title, such as a chart's title. */
  readonly title: string | null;
}

/** The same four, where a table of another writer may have none of them. */
export type FoundLabels = { readonly [Label in keyof TableLabels]: string | null };

const PROPERTY: Record<keyof TableLabels, string> = {
  stream: 'chartlift.stream',
  source: 'chartlift.source',
  folder: 'chartlift.folder',
  title: 'chartlift.title',
};
const LABELS = ['stream', 'source', 'folder', 'title'] as const;

/** How long removed files and log entries of a new table are kept. History is promised: a week, Delta's default, is too short. */
const RETENTION = 'interval 30 days';

/** Properties of a new table beside its labels; its owner may change them afterwards. */
export const NEW_TABLE_PROPERTIES: Readonly<Record<string, string>> = {
  'delta.deletedFileRetentionDuration': RETENTION,
  'delta.logRetentionDuration': RETENTION,
};

/** Reads the labels of a table. */
export function readLabels(configuration: Readonly<Record<string, string>>): FoundLabels {
  const read = (label: keyof TableLabels) => configuration[PROPERTY[label]] ?? null;
  return {
    stream: read('stream'),
    source: read('source'),
    folder: read('folder'),
    title: read('title'),
  };
}

/** The properties of a table with new labels; all others stay as they are. */
export function withLabels(
  configuration: Readonly<Record<string, string>>,
  labels: FoundLabels,
): Record<string, string> {
  const properties = { ...configuration };
  for (const label of LABELS) {
    const value = labels[label];
    if (value === null) delete properties[PROPERTY[label]];
    // A lone surrogate would make the log invalid for strict JSON readers.
    else properties[PROPERTY[label]] = value.toWellFormed();
  }
  return properties;
}

/** Whether two sets of properties are the same. */
export function sameProperties(
  a: Readonly<Record<string, string>>,
  b: Readonly<Record<string, string>>,
): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}

const MILLISECONDS: Readonly<Record<string, number>> = {
  millisecond: 1,
  second: 1_000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
};

/**
 * How long a table keeps tombstones, in milliseconds: its `delta.deletedFileRetentionDuration`,
 * else Delta's default of one week. For ever where the interval is not understood.
 */
export function tombstoneRetention(configuration: Readonly<Record<string, string>>): number {
  const interval = configuration['delta.deletedFileRetentionDuration'] ?? 'interval 1 week';
  const match = /^(?:interval\s+)?(\d+)\s+([a-z]+?)s?$/i.exec(interval.trim());
  const unit = MILLISECONDS[match?.[2]?.toLowerCase() ?? ''];
  return unit === undefined ? Number.POSITIVE_INFINITY : Number(match?.[1]) * unit;
}
