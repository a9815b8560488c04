import { createRequire } from 'node:module';

const load = createRequire(import.meta.url);

let measure: ((text: string) => number) | undefined;

/**
 * Columns that a printable text takes on a terminal: characters of double width and emoji count as two.
 *
 * The library that knows them takes a tenth of the time of a short command to load, and most texts
 * do without it.
 */
export function textWidth(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length;
  measure ??= loadMeasure();
  return measure(text);
}

function loadMeasure(): (text: string) => number {
  const { default: stringWidth } = load('string-width');
  return stringWidth;
}
