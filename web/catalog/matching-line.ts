/** Characters of a line that stand before what was found: the beginning of the next line has room for it. */
const BEFORE = 24;

/**
 * The line of a note that holds what is sought, from a little before it; null if none does. Letters may be large or
 * small, as in the search of the service.
 */
export function matchingLine(note: string, sought: string): string | null {
  const text = sought.trim().toLowerCase();
  if (text === '') return null;
  for (const line of note.split('\n')) {
    const at = line.toLowerCase().indexOf(text);
    if (at < 0) continue;
    if (at <= BEFORE) return line.trim();
    // From the beginning of a word, where there is one.
    const from = line.indexOf(' ', at - BEFORE);
    return `…${line.slice(from < 0 || from >= at ? at : from + 1).trimEnd()}`;
  }
  return null;
}
