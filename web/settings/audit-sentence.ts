import { words } from '../words/audit.ts';

/** One change, as the API lists it. */
export interface AuditEntry {
  readonly id: string;
  readonly at: string;
  readonly actor: {
    readonly type: 'user' | 'token' | 'system';
    readonly id: string;
    readonly name: string;
  };
  readonly action: string;
  readonly target: { readonly type: string; readonly id: string; readonly name: string };
  readonly details: Readonly<Record<string, unknown>>;
  readonly request_id: string | null;
}

/** A piece of a sentence; names stand out. */
export interface SentencePart {
  readonly text: string;
  readonly isName: boolean;
}

type SentenceName = keyof typeof words.sentences;

/**
 * What somebody did, in words.
 *
 * @param sources names by id, for entries that know a source by its id only
 */
export function sayEntry(
  entry: AuditEntry,
  sources: ReadonlyMap<string, string>,
): readonly SentencePart[] {
  const { actor, action, target, details } = entry;
  const name = sentenceOf(entry);
  return fillIn(words.sentences[name], {
    who: actor.name,
    what: sources.get(target.name) ?? (target.name || target.id),
    action,
    before: textOf(details['before']),
    role: roleOf(details['role']),
    fields: fieldsOf(changesOf(details)),
    streams: textsOf(details['streams']).join(', '),
  });
}

/** The same as one text. */
export function plainText(parts: readonly SentencePart[]): string {
  return parts.map(({ text }) => text).join('');
}

/** Which sentence tells it: most actions have one, some several, by what the details say. */
function sentenceOf({ action, actor, target, details }: AuditEntry): SentenceName {
  switch (action) {
    case 'source.created':
      return 'duplicate_of' in details ? 'source.duplicated' : action;
    case 'source.changed':
      return sourceChange(changesOf(details));
    case 'stream.changed':
      return streamChange(changesOf(details));
    case 'source.streams_added':
      return textsOf(details['streams']).length > 0 ? action : 'source.changed';
    case 'source.deleted':
      return details['tables'] === 'drop' ? 'source.dropped' : action;
    case 'run.started':
      return 'retry_of' in details ? 'run.retried' : action;
    case 'user.created':
      return actor.id === target.id ? 'user.first' : action;
    case 'user.updated':
      return userChange(details);
    default:
      return isSentence(action) ? action : 'other';
  }
}

/** A field that was given another value. */
export interface FieldChange {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** Which fields were changed, as far as the details tell. */
export function changesOf({ before, after }: AuditEntry['details']): readonly FieldChange[] {
  if (!isFields(before) || !isFields(after)) return [];
  return Object.keys(after).map((field) => ({
    field,
    before: before[field],
    after: after[field],
  }));
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sourceChange(changes: readonly FieldChange[]): SentenceName {
  const [first, ...others] = changes;
  if (first === undefined) return 'source.changed';
  if (first.field !== 'paused' || others.length > 0) return 'source.fields_changed';
  return first.after === true ? 'source.paused' : 'source.resumed';
}

/** What makes a table's place, where streams write to. */
const PLACE: ReadonlySet<string> = new Set(['layer', 'folder', 'table']);

function streamChange(changes: readonly FieldChange[]): SentenceName {
  const [first, ...others] = changes;
  if (first === undefined) return 'stream.changed';
  if (changes.every(({ field }) => PLACE.has(field))) return 'stream.moved';
  if (others.length > 0) return 'stream.changed';
  if (first.field === 'note') return first.after === '' ? 'stream.note_removed' : 'stream.noted';
  if (first.field !== 'selected') return 'stream.changed';
  return first.after === true ? 'stream.selected' : 'stream.left_out';
}

function userChange(details: AuditEntry['details']): SentenceName {
  const [field, ...others] = Object.keys(details);
  if (others.length > 0) return 'user.updated';
  if (field === 'role') return 'user.role';
  if (field === 'name') return 'user.renamed';
  if (field !== 'disabled') return 'user.updated';
  return details['disabled'] === true ? 'user.disabled' : 'user.enabled';
}

function isSentence(action: string): action is SentenceName {
  return action !== 'other' && Object.hasOwn(words.sentences, action);
}

const NAMES: ReadonlySet<string> = new Set(['who', 'what', 'before', 'action']);

/** Puts values into `{their places}`. */
function fillIn(
  sentence: string,
  values: Readonly<Record<string, string>>,
): readonly SentencePart[] {
  return sentence
    .split(/(\{\w+\})/)
    .filter((piece) => piece !== '')
    .map((piece) => {
      const place = /^\{(\w+)\}$/.exec(piece)?.[1];
      if (place === undefined) return { text: piece, isName: false };
      return { text: values[place] ?? '', isName: NAMES.has(place) };
    });
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

function roleOf(value: unknown): string {
  const roles: Readonly<Record<string, string>> = words.roles;
  return typeof value === 'string' ? (roles[value] ?? value) : '';
}

function fieldsOf(changes: readonly FieldChange[]): string {
  const fields: Readonly<Record<string, string>> = words.fields;
  return words.list(changes.map(({ field }) => fields[field] ?? field));
}
