import { useState } from 'react';
import type { TablesValue } from '../add-source/tables/table-plan.ts';

/** What was typed and chosen so far, to add streams to one source. */
export interface AddedChoice extends TablesValue {
  readonly ids: readonly string[];
  /** Null: nobody chose yet, so all that can be read. */
  readonly selected: readonly string[] | null;
}

/** Keeps the choice for a source over reloads, in this tab, until `clear`. */
export function useKeptChoice(sourceId: string, first: AddedChoice) {
  const key = `chartlift:add-streams:${sourceId}`;
  const [choice, setChoice] = useState((): AddedChoice => restore(key, first));
  function change(changes: Partial<AddedChoice>) {
    setChoice((before) => {
      const next = { ...before, ...changes };
      sessionStorage.setItem(key, JSON.stringify(next));
      return next;
    });
  }
  return { choice, change, clear: () => sessionStorage.removeItem(key) };
}

function restore(key: string, first: AddedChoice): AddedChoice {
  const kept = sessionStorage.getItem(key);
  return kept === null ? first : { ...first, ...JSON.parse(kept) };
}
