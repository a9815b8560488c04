const KEY = 'chartlift.explorer.text';

/** What stood in the editor before a reload of this tab. `owner` is the id of who is signed in. */
export function readText(storage: Storage, owner: string): string {
  return storage.getItem(`${KEY}.${owner}`) ?? '';
}

/** Keeps what is typed over reloads of this tab. */
export function keepText(
  storage: Pick<Storage, 'setItem' | 'removeItem'>,
  owner: string,
  text: string,
): void {
  const key = `${KEY}.${owner}`;
  try {
    storage.setItem(key, text);
  } catch {
    // A full storage: the text stays on the page.
    storage.removeItem(key);
  }
}
