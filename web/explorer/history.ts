/** A query that was run. */
export interface HistoryItem {
  readonly query: string;
  /** ISO 8601. */
  readonly at: string;
  /** Null where it failed. */
  readonly rows: number | null;
  readonly durationMs: number;
}

const KEPT = 50;
const KEY = 'chartlift.explorer.history';

/** The list after one more query; the same query again moves up instead of standing there twice. */
export function remembered(items: readonly HistoryItem[], item: HistoryItem): HistoryItem[] {
  return [item, ...items.filter(({ query }) => query !== item.query)].slice(0, KEPT);
}

/** What this browser remembers, newest first; nothing of what it cannot make sense of. */
export function readHistory(storage: Storage): HistoryItem[] {
  try {
    const kept: unknown = JSON.parse(storage.getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isItem) : [];
  } catch {
    return [];
  }
}

/** Remembers, or forgets, in this browser. A full storage loses the history, not the work. */
export function writeHistory(storage: Storage, items: readonly HistoryItem[]): void {
  try {
    storage.setItem(KEY, JSON.stringify(items));
  } catch {
    storage.removeItem(KEY);
  }
}

function isItem(item: unknown): item is HistoryItem {
  return (
    typeof item === 'object' &&
    item !== null &&
    'query' in item &&
    typeof item.query === 'string' &&
    'at' in item &&
    typeof item.at === 'string' &&
    'rows' in item &&
    (item.rows === null || typeof item.rows === 'number') &&
    'durationMs' in item &&
    typeof item.durationMs === 'number'
  );
}
