import { useSyncExternalStore } from 'react';
import type { TriggerChoice } from '../trigger/trigger-choice.ts';

/** Where one stream is to go, as far as somebody chose it. */
export interface TableChoice {
  readonly layer?: string;
  readonly folder?: string | null;
  /** Whole name, as typed; absent: prefix and suggestion. */
  readonly table?: string;
  readonly note?: string;
}

/** All that was chosen and typed in the wizard so far. */
export interface Draft {
  readonly connector: string | null;
  /** Fields of the connector by name: texts, and lists as texts of one item each. */
  readonly config: Readonly<Record<string, string | readonly string[]>>;
  /** The validation that checked exactly `config`; null when it changed since. */
  readonly validationId: string | null;
  /** Names of the chosen streams; null: nobody chose yet, so all that can be read. */
  readonly selected: readonly string[] | null;
  /** For all streams that choose none of their own. */
  readonly layer: string;
  readonly folder: string | null;
  readonly prefix: string;
  readonly tables: Readonly<Record<string, TableChoice>>;
  readonly name: string;
  readonly description: string;
  readonly trigger: TriggerChoice | null;
}

const EMPTY: Draft = {
  connector: null,
  config: {},
  validationId: null,
  selected: null,
  layer: 'raw',
  folder: null,
  prefix: '',
  tables: {},
  name: '',
  description: '',
  trigger: null,
};

/** Of this tab and gone with it: what was typed outlives a reload, the keys too, and nothing else. */
const KEY = 'chartlift:add-source';

let draft = restore();
const listeners = new Set<() => void>();

/** The draft, which a reload and the back button leave as it is. */
export function useDraft(): Draft {
  return useSyncExternalStore(subscribe, currentDraft);
}

export function currentDraft(): Draft {
  return draft;
}

/** Changes some of it. A change of `config` or `connector` also forgets the validation of the former one. */
export function changeDraft(changes: Partial<Draft>): void {
  const isOther = changes.config !== undefined || changes.connector !== undefined;
  replace({ ...draft, ...(isOther ? { validationId: null } : {}), ...changes });
}

/** The source is made, or somebody begins anew. */
export function clearDraft(): void {
  replace(EMPTY);
}

function replace(next: Draft): void {
  draft = next;
  if (next === EMPTY) sessionStorage.removeItem(KEY);
  else sessionStorage.setItem(KEY, JSON.stringify(next));
  for (const listener of listeners) listener();
}

function restore(): Draft {
  const kept = sessionStorage.getItem(KEY);
  return kept === null ? EMPTY : { ...EMPTY, ...JSON.parse(kept) };
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
