import type { Restatement } from './activity.ts';

/** The corrections of the past that charts have had, in the order in which they came. */
export interface Restatements {
  /** Corrects one chart, or all of them if `chartId` is null. */
  add(chartId: string | null, restatement: Restatement): void;
  of(chartId: string): readonly Restatement[];
}

export function createRestatements(): Restatements {
  const added: { readonly chartId: string | null; readonly restatement: Restatement }[] = [];
  return {
    add(chartId, restatement) {
      added.push({ chartId, restatement });
    },
    of: (chartId) =>
      added
        .filter((entry) => entry.chartId === null || entry.chartId === chartId)
        .map((entry) => entry.restatement),
  };
}
