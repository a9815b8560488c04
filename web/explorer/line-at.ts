import { type Place, spanAt } from './span-at.ts';

/** Letters before and after the word: a query may be one long line. */
const AROUND = 60;

/** The line of a place in parts: what stands before the word there, the word, and what follows. */
export function lineAt(
  text: string,
  place: Place,
): { readonly before: string; readonly word: string; readonly after: string } {
  const { from, to } = spanAt(text, place);
  const start = text.lastIndexOf('\n', from - 1) + 1;
  const end = text.indexOf('\n', to);
  const before = text.slice(from === 0 ? 0 : start, from).trimStart();
  const after = text.slice(to, end < 0 ? text.length : end);
  return {
    before: before.length > AROUND ? `…${before.slice(-AROUND)}` : before,
    word: text.slice(from, to),
    after: after.length > AROUND ? `${after.slice(0, AROUND)}…` : after,
  };
}
