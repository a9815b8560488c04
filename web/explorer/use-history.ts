import { useCallback, useState } from 'react';
import { type HistoryItem, readHistory, remembered, writeHistory } from './history.ts';

/** The queries that somebody ran in this browser. */
export function useHistory(owner: string): {
  readonly history: readonly HistoryItem[];
  readonly remember: (end: Omit<HistoryItem, 'at'>) => void;
  readonly forget: () => void;
} {
  const [history, setHistory] = useState(() => readHistory(localStorage, owner));
  const keep = useCallback(
    (items: readonly HistoryItem[]) => {
      writeHistory(localStorage, owner, items);
      setHistory([...items]);
    },
    [owner],
  );
  const remember = useCallback(
    (end: Omit<HistoryItem, 'at'>) => {
      // Read anew: another tab may have added to it.
      const items = readHistory(localStorage, owner);
      keep(remembered(items, { ...end, at: new Date().toISOString() }));
    },
    [keep, owner],
  );
  const forget = useCallback(() => keep([]), [keep]);
  return { history, remember, forget };
}
