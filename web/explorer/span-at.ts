/** A place in a text; both count from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** The word at a place, as offsets in the text; the last letter where the place is at the end. */
export function spanAt(
  text: string,
  { line, column }: Place,
): { readonly from: number; readonly to: number } {
  const lines = text.split('\n');
  const at = Math.min(Math.max(0, line - 1), lines.length - 1);
  const before = lines.slice(0, at).reduce((sum, { length }) => sum + length + 1, 0);
  const from = before + Math.min(Math.max(0, column - 1), lines[at]?.length ?? 0);
  const word = /^[\w.]+/.exec(text.slice(from))?.[0].length ?? 1;
  const to = Math.min(text.length, from + word);
  return from < to ? { from, to } : { from: Math.max(0, to - 1), to };
}
