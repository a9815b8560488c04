import type { PlotSeries } from './plot-spec.ts';

/** More lines than this nobody can tell apart, and a browser is slow to draw. */
export const SERIES_AT_MOST = 100;

/** Named values as series, the largest first; those without any number go. */
export function largestFirst(
  values: ReadonlyMap<string, readonly (number | null)[]>,
): PlotSeries[] {
  return inOrder(values).sort((one, other) => other.size - one.size);
}

/** Named values as series in their own order; those without any number go. */
export function inOrder(values: ReadonlyMap<string, readonly (number | null)[]>): PlotSeries[] {
  return [...values].flatMap(([name, own]) => {
    const numbers = own.filter((value) => value !== null);
    const size = numbers.reduce((sum, value) => sum + Math.abs(value), 0);
    return numbers.length === 0 ? [] : [{ name, size, values: own }];
  });
}

/** What a map holds under a key; made first if it holds nothing. */
export function itemOf<Key, Item>(map: Map<Key, Item>, key: Key, make: () => Item): Item {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}
