import { type ChartLinkProblem, parseChartList } from '../../../src/source/amplitude/chart-link.ts';

/** Of words that were set aside. */
const SHOWN_CHARACTERS = 80;

/** What became of a text that somebody pasted or typed. */
export interface AddedCharts {
  /** All ids, the new ones last. */
  readonly ids: readonly string[];
  readonly added: readonly string[];
  /** Ids that the list had before, or that the text names several times. */
  readonly repeated: readonly string[];
  /** Parts of the text that name no chart, and what to do about each. */
  readonly problems: readonly ChartLinkProblem[];
  /** Words that stand around the charts, shortened; empty if there are none. */
  readonly words: string;
}

/** No chart id: those seen have six characters and more, and no capitals (reference §7). */
const WORD = /^(?:\p{L}{1,5}|\p{L}*\p{Lu}\p{L}*)$/u;
/** What may be a word or, now and then, an id. */
const LETTERS = /^\p{L}+$/u;

/**
 * Adds the charts that a text names, by the rules of the service itself. Of a text with words in it (a
 * message, a list with titles) no word becomes a chart; typed by itself, each part is taken as it is.
 */
export function addCharts(ids: readonly string[], text: string): AddedCharts {
  const known = new Set(ids);
  const all = parseChartList(text);
  const isProse = all.ids.some((id) => WORD.test(id)) && all.ids.some((id) => !LETTERS.test(id));
  const isSetAside = (id: string) => isProse && LETTERS.test(id);
  const named = all.ids.filter((id) => !isSetAside(id));
  const aside = all.ids.filter(isSetAside);
  const added = named.filter((id) => !known.has(id));
  return {
    ids: [...ids, ...added],
    added,
    repeated: named.filter((id) => known.has(id)),
    problems: all.problems,
    words: shorten(aside.join(' ')),
  };
}

function shorten(text: string): string {
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
}
