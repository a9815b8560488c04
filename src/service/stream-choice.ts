import { formatTableId, isTableName, suggestTableName, type TableId } from '../catalog/table-id.ts';
import type { FieldIssue } from '../errors.ts';
import type { StreamRecord } from '../state/source-record.ts';
import type { Stream } from '../stream/stream.ts';

/** What a person chose for one stream; what is absent comes from {@link ChoiceDefaults}. */
export interface StreamChoice {
  readonly stream: string;
  readonly layer?: string | undefined;
  readonly folder?: string | null | undefined;
  readonly table?: string | undefined;
  readonly syncMode?: string | undefined;
  readonly note?: string | undefined;
}

/** What holds for all streams that say nothing else. */
export interface ChoiceDefaults {
  readonly layer: string;
  readonly folder: string | null;
  /** Put before every suggested table name. */
  readonly prefix: string;
}

/** What is there already, so that collisions are told before anything is saved. */
export interface ChoiceSurroundings {
  readonly layers: readonly string[];
  /** Who owns a table that must not be taken, in words such as `source Marketing`; null: nobody. */
  ownerOf(id: TableId, stream: string): string | null;
}

export type NewStreamRecord = Omit<StreamRecord, 'sourceId'>;

/** What a check found out about a stream that is kept with it. */
export interface FoundStream {
  readonly title: string | null;
  readonly cacheMs: number | null;
}

/** Longest text of a note or folder name, in characters. */
const MAX_NOTE = 2_000;
const MAX_FOLDER = 100;

/**
 * Gives each stream its place in the catalog. Streams that were not chosen get one, too, but do not
 * run (source document, step 2).
 *
 * @returns the records in the order of `streams`, and every field that cannot be used
 */
export function resolveChoices(
  streams: readonly Stream[],
  choices: readonly StreamChoice[],
  defaults: ChoiceDefaults,
  surroundings: ChoiceSurroundings,
  found: ReadonlyMap<string, FoundStream>,
): { readonly records: readonly NewStreamRecord[]; readonly issues: readonly FieldIssue[] } {
  const issues = [
    ...choices.flatMap((choice, at) => choiceIssues(choice, at, choices, streams)),
    ...defaultIssues(defaults, surroundings),
  ];
  const owners = new Map<string, string>();
  const records = streams.map((stream): NewStreamRecord => {
    const at = choices.findIndex((choice) => choice.stream === stream.name);
    const choice = choices[at];
    const record = placed(stream, choice, defaults, found.get(stream.name));
    if (choice === undefined) return record;
    issues.push(...placeIssues(record, at, choice, owners, surroundings));
    return record;
  });
  return { records, issues };
}

function placed(
  stream: Stream,
  choice: StreamChoice | undefined,
  defaults: ChoiceDefaults,
  found: FoundStream | undefined,
): NewStreamRecord {
  const folder = choice?.folder === undefined ? defaults.folder : choice.folder;
  return {
    name: stream.name,
    title: found?.title ?? null,
    cacheMs: found?.cacheMs ?? null,
    selected: choice !== undefined,
    layer: choice?.layer ?? defaults.layer,
    folder: folder?.trim() || null,
    table: choice?.table ?? suggestTableName(stream.name, defaults.prefix),
    syncMode: 'FULL_TABLE',
    note: choice?.note?.trim() ?? '',
  };
}

function choiceIssues(
  choice: StreamChoice,
  at: number,
  choices: readonly StreamChoice[],
  streams: readonly Stream[],
): FieldIssue[] {
  const issues: FieldIssue[] = [];
  const stream = streams.find(({ name }) => name === choice.stream);
  if (stream === undefined) {
    const names = streams.map(({ name }) => name).join(', ');
    issues.push(issue(at, 'stream', `is no stream of these settings; choose from ${names}`));
  } else if (choices.findIndex((other) => other.stream === choice.stream) < at) {
    issues.push(issue(at, 'stream', 'is chosen twice'));
  }
  const mode = choice.syncMode;
  if (stream !== undefined && mode !== undefined && !stream.syncModes.some((m) => m === mode)) {
    const reason = 'every read of a chart gives its whole current state';
    issues.push(issue(at, 'sync_mode', `must be ${stream.syncModes.join(' or ')}: ${reason}`));
  }
  return issues;
}

function defaultIssues(
  { layer, prefix }: ChoiceDefaults,
  { layers }: ChoiceSurroundings,
): FieldIssue[] {
  const issues: FieldIssue[] = [];
  if (!layers.includes(layer)) issues.push({ path: ['layer'], message: unknownLayer(layers) });
  if (prefix !== '' && !isTableName(suggestTableName('a', prefix))) {
    issues.push({ path: ['prefix'], message: 'is too long for a table name' });
  } else if (!/^[a-z0-9_]*$/.test(prefix)) {
    issues.push({ path: ['prefix'], message: 'may hold a-z, 0-9 and _ only' });
  }
  return issues;
}

function placeIssues(
  record: NewStreamRecord,
  at: number,
  choice: StreamChoice,
  owners: Map<string, string>,
  { layers, ownerOf }: ChoiceSurroundings,
): FieldIssue[] {
  const issues = recordIssues(record, layers).map(({ path, message }) => ({
    path: ['streams', at, ...path],
    message,
  }));
  if (issues.length > 0) return issues;
  const id = { layer: record.layer, table: record.table };
  const name = formatTableId(id);
  const owner = owners.get(name) ?? ownerOf(id, record.name);
  if (owner !== null && owner !== undefined) {
    const also = choice.table === undefined ? '; give it another name or a prefix' : '';
    return [issue(at, 'table', `${name} belongs to ${owner}${also}`)];
  }
  owners.set(name, `stream ${record.name}`);
  return [];
}

/** What is wrong with the place of one stream, whatever else there is. */
export function recordIssues(
  record: Pick<StreamRecord, 'layer' | 'folder' | 'table' | 'note'>,
  layers: readonly string[],
): FieldIssue[] {
  const issues: FieldIssue[] = [];
  if (!layers.includes(record.layer)) {
    issues.push({ path: ['layer'], message: unknownLayer(layers) });
  }
  if (!isTableName(record.table)) {
    const example = suggestTableName(record.table || 'chart');
    issues.push({
      path: ['table'],
      message: `may hold a-z, 0-9 and _, 128 at most, and starts with no digit; for example ${example}`,
    });
  }
  if ((record.folder ?? '').length > MAX_FOLDER) {
    issues.push({ path: ['folder'], message: `has more than ${MAX_FOLDER} characters` });
  }
  if (record.note.length > MAX_NOTE) {
    issues.push({ path: ['note'], message: `has more than ${MAX_NOTE} characters` });
  }
  return issues;
}

function unknownLayer(layers: readonly string[]): string {
  return `is no layer of the catalog; choose from ${layers.join(', ')}`;
}

function issue(at: number, field: string, message: string): FieldIssue {
  return { path: ['streams', at, field], message };
}
