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

/**
 * What this browser remembers, newest first; nothing of what it cannot make sense of.
 *
 * @param owner the id of who is signed in: others who use the same browser do not see it
 */
export function readHistory(storage: Storage, owner: string): HistoryItem[] {
  try {
    const kept: unknown = JSON.parse(storage.getItem(`${KEY}.${owner}`) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isItem) : [];
  } catch {
    return [];
  }
}

/** Remembers, or forgets, in this browser. A full storage loses the history, not the work. */
export function writeHistory(storage: Storage, owner: string, items: readonly HistoryItem[]): void {
  const key = `${KEY}.${owner}`;
  try {
    storage.setItem(key, JSON.stringify(items));
  } catch {
    storage.removeItem(key);
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
