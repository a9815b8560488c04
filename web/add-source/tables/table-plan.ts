import { formatTableId, isTableName, suggestTableName } from '../../../src/catalog/table-id.ts';
import { words } from '../../words/tables.ts';
import type { Draft, TableChoice } from '../draft.ts';

/** Longest names and texts that the service takes (src/service/stream-choice.ts, DESIGN §2.3). */
export const MAX_TABLE_NAME = 128;
export const MAX_FOLDER = 100;
export const MAX_NOTE = 2_000;

/** Where the tables of streams are to go, as far as somebody chose it: a part of the wizard's draft. */
export type TablesValue = Pick<Draft, 'layer' | 'folder' | 'prefix' | 'tables'>;

/** A stream that becomes a table. */
export interface PlannedStream {
  readonly name: string;
  readonly title: string | null;
}

/** A table that is there, or that the service would not give. */
export interface TakenTable {
  /** Why a stream may not have it, in words; null: it is what this stream wrote before, so that it goes on with it. */
  issueFor(stream: string, isSuggested: boolean): string | null;
}

/** What is there already. */
export interface Surroundings {
  readonly layers: readonly string[];
  /** By full name, `layer.table`. */
  readonly taken: ReadonlyMap<string, TakenTable>;
}

/** One stream with its table, whole, and with what is wrong with it. */
export interface TableRow {
  readonly stream: string;
  readonly title: string | null;
  readonly layer: string;
  readonly folder: string;
  readonly table: string;
  readonly note: string;
  readonly fullName: string;
  /** The name that it has if nobody chooses one. */
  readonly suggestion: string;
  readonly isSuggested: boolean;
  /** Layer or folder are its own. */
  readonly isApart: boolean;
  /** A table that this stream wrote before is there, and it goes on with it. */
  readonly adopts: boolean;
  readonly layerIssue: string | undefined;
  readonly folderIssue: string | undefined;
  readonly tableIssue: string | undefined;
  readonly noteIssue: string | undefined;
  /** A name that would do, where the typed one does not. */
  readonly fix: string | undefined;
}

/** The tables of all streams, and what keeps them from being made. */
export interface TablePlan {
  readonly rows: readonly TableRow[];
  readonly prefixIssue: string | undefined;
  readonly folderIssue: string | undefined;
  readonly layerIssue: string | undefined;
}

/** Gives each stream its table, with words for what cannot be. The service decides in the same way. */
export function planTables(
  value: TablesValue,
  streams: readonly PlannedStream[],
  surroundings: Surroundings,
): TablePlan {
  const rows = streams.map((stream) => placed(stream, value, surroundings));
  const byName = Map.groupBy(rows, ({ fullName }) => fullName);
  return {
    rows: rows.map((row) => {
      if (row.tableIssue !== undefined) return row;
      const other = byName.get(row.fullName)?.find(({ stream }) => stream !== row.stream);
      if (other === undefined) return row;
      return { ...row, tableIssue: words.issues.same(row.fullName, other.title ?? other.stream) };
    }),
    prefixIssue: prefixIssue(value.prefix),
    folderIssue: folderIssue(value.folder ?? ''),
    layerIssue: layerIssue(value.layer, surroundings),
  };
}

/** Whether something about a stream keeps it from being made. */
export function hasIssue(row: TableRow): boolean {
  return [row.layerIssue, row.folderIssue, row.tableIssue, row.noteIssue].some(
    (issue) => issue !== undefined,
  );
}

/** Why one cannot go on; null: one can. */
export function whyBlocked(plan: TablePlan): string | null {
  const forAll = [plan.layerIssue, plan.folderIssue, plan.prefixIssue];
  if (forAll.some((issue) => issue !== undefined)) return words.blockedForAll;
  const issues = plan.rows.filter(hasIssue).length;
  return issues === 0 ? null : words.blocked(issues);
}

/** The choice for one stream with changes; without what is as it would be anyway. */
export function changeChoice(
  value: TablesValue,
  stream: string,
  changes: TableChoice,
): TablesValue['tables'] {
  const { table, note, ...place } = { ...value.tables[stream], ...changes };
  const isSuggested = table === undefined || table === suggestTableName(stream, value.prefix);
  const { [stream]: _, ...others } = value.tables;
  const choice = {
    ...(place.layer === undefined || place.layer === value.layer ? {} : { layer: place.layer }),
    ...(place.folder === undefined || (place.folder ?? '') === (value.folder ?? '')
      ? {}
      : { folder: place.folder }),
    ...(isSuggested ? {} : { table }),
    ...(note === undefined || note === '' ? {} : { note }),
  };
  return Object.keys(choice).length === 0 ? others : { ...others, [stream]: choice };
}

/** The choices without layers and folders of their own: what holds for all holds for each. */
export function applyToAll(value: TablesValue): TablesValue['tables'] {
  return Object.fromEntries(
    Object.entries(value.tables).flatMap(([stream, { layer: _, folder: __, ...rest }]) =>
      Object.keys(rest).length === 0 ? [] : [[stream, rest]],
    ),
  );
}

/** The streams with where they go, as the API takes them. */
export function streamChoices(value: TablesValue, streams: readonly { readonly stream: string }[]) {
  return streams.map(({ stream }) => {
    const { layer, folder, table, note } = value.tables[stream] ?? {};
    return {
      stream,
      sync_mode: 'FULL_TABLE',
      ...(layer === undefined ? {} : { layer }),
      ...(folder === undefined ? {} : { folder }),
      ...(table === undefined ? {} : { table }),
      ...(note === undefined ? {} : { note }),
    };
  });
}

function placed(
  { name: stream, title }: PlannedStream,
  value: TablesValue,
  surroundings: Surroundings,
): TableRow {
  const choice = value.tables[stream] ?? {};
  const suggestion = suggestTableName(stream, value.prefix);
  const layer = choice.layer ?? value.layer;
  const folder = (choice.folder === undefined ? value.folder : choice.folder) ?? '';
  const table = choice.table ?? suggestion;
  const note = choice.note ?? '';
  const fullName = formatTableId({ layer, table });
  const there = surroundings.taken.get(fullName);
  const takenIssue = there?.issueFor(stream, choice.table === undefined) ?? null;
  const nameIssue = tableNameIssue(table);
  return {
    stream,
    title,
    layer,
    folder,
    table,
    note,
    fullName,
    suggestion,
    isSuggested: choice.table === undefined,
    isApart: choice.layer !== undefined || choice.folder !== undefined,
    adopts: there !== undefined && takenIssue === null,
    layerIssue: layerIssue(layer, surroundings),
    folderIssue: folderIssue(folder),
    tableIssue: nameIssue ?? takenIssue ?? undefined,
    noteIssue: note.length > MAX_NOTE ? words.issues.noteLong(MAX_NOTE) : undefined,
    fix: nameIssue === undefined || table.trim() === '' ? undefined : fixed(table),
  };
}

/** What is wrong with a table name; undefined: nothing. */
export function tableNameIssue(table: string): string | undefined {
  const { issues } = words;
  if (isTableName(table)) return undefined;
  if (table.trim() === '') return issues.tableEmpty;
  if (!/^[a-z0-9_]*$/.test(table)) return issues.tableCharacters;
  if (table.length > MAX_TABLE_NAME) return issues.tableLong(MAX_TABLE_NAME);
  return /^[0-9]/.test(table) ? issues.tableDigit : issues.tableReserved;
}

/** What is typed, made into a name that can be. */
function fixed(table: string): string | undefined {
  const name = suggestTableName(table.trim());
  return isTableName(name) ? name : undefined;
}

function prefixIssue(prefix: string): string | undefined {
  if (!/^[a-z0-9_]*$/.test(prefix)) return words.issues.prefixCharacters;
  return prefix.length >= MAX_TABLE_NAME ? words.issues.prefixLong : undefined;
}

function folderIssue(folder: string): string | undefined {
  return folder.trim().length > MAX_FOLDER ? words.issues.folderLong(MAX_FOLDER) : undefined;
}

function layerIssue(layer: string, { layers }: Surroundings): string | undefined {
  return layers.includes(layer) ? undefined : words.issues.layerUnknown(layer);
}
