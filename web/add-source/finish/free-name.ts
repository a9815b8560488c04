import { words } from '../../words/finish.ts';

/** A name that no other source has: the title of the connector, or the first number after it that is free. */
export function freeName(title: string, taken: readonly string[]): string {
  const names = new Set(taken);
  if (!names.has(title)) return title;
  let n = 2;
  while (names.has(words.numberedName(title, n))) n += 1;
  return words.numberedName(title, n);
}
