import { type ChartLinkProblem, parseChartList } from '../../../src/source/amplitude/chart-link.ts';

/** What became of a text that somebody pasted or typed. */
export interface AddedCharts {
  /** All ids, the new ones last. */
  readonly ids: readonly string[];
  readonly added: readonly string[];
  /** Ids that the list had before, or that the text names several times. */
  readonly repeated: readonly string[];
  /** Parts of the text that name no chart, and what to do about each. */
  readonly problems: readonly ChartLinkProblem[];
}

/** Adds the charts that a text names, by the rules of the service itself. */
export function addCharts(ids: readonly string[], text: string): AddedCharts {
  const known = new Set(ids);
  const named = parseChartList(text);
  const added = named.ids.filter((id) => !known.has(id));
  return {
    ids: [...ids, ...added],
    added,
    repeated: named.ids.filter((id) => known.has(id)),
    problems: named.problems,
  };
}
