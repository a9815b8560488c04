import { fromHash } from './query-link.ts';

const KEY = 'chartlift.explorer.text';

/** What the editor begins with: a query of the address, else what stood there before a reload. */
export function firstText(hash: string, storage: Storage): string {
  return fromHash(hash) ?? storage.getItem(KEY) ?? '';
}

/** Keeps what is typed over reloads of this tab. */
export function keepText(storage: Storage, text: string): void {
  try {
    storage.setItem(KEY, text);
  } catch {
    // A full storage: the text stays on the page.
    storage.removeItem(KEY);
  }
}
