import { lastPeriods } from '../product/calendar.ts';
import { queryCost } from '../product/query-cost.ts';
import type { Project } from '../project.ts';
import { COMPOSITION_CHART } from './composition-chart.ts';
import { DATA_TABLE_CHARTS } from './data-table-charts.ts';
import { FAILING_CHARTS } from './failing-charts.ts';
import { FUNNEL_CHARTS } from './funnel-charts.ts';
import { LIFECYCLE_CHART } from './lifecycle-chart.ts';
import { RETENTION_CHART } from './retention-chart.ts';
import { REVENUE_CHART } from './revenue-chart.ts';
import type { SavedChart } from './saved-chart.ts';
import { SEGMENTATION_CHARTS } from './segmentation-charts.ts';
import { SESSION_CHARTS } from './session-charts.ts';
import { LARGE_CHARTS, sizedChart } from './sized-charts.ts';
import { plainChart, SPELLING_CHARTS } from './spelling-charts.ts';
import { STICKINESS_CHART } from './stickiness-chart.ts';

/** The charts of each project, as a person would find them listed. */
export const PROJECT_CHARTS: Readonly<Record<Project['id'], readonly SavedChart[]>> = {
  shop: [
    ...SEGMENTATION_CHARTS,
    ...SESSION_CHARTS,
    ...FUNNEL_CHARTS,
    RETENTION_CHART,
    STICKINESS_CHART,
    REVENUE_CHART,
    LIFECYCLE_CHART,
    COMPOSITION_CHART,
    ...DATA_TABLE_CHARTS,
    ...SPELLING_CHARTS,
    ...LARGE_CHARTS,
    // Kinds of chart that have no table to export (reference §1.6).
    unsupported('p4thf1nd', 'Ways to the first order'),
    unsupported('p3rs0na2', 'Groups of similar shoppers'),
    ...FAILING_CHARTS.map((failing) => failing.chart),
  ],
  labs: [
    plainChart({ id: 't9l2abx4', title: 'Prototype testers', layout: 'daily' }),
    plainChart({
      id: 't3l7wcy8',
      title: 'Prototype testers by week',
      layout: 'weekly',
      interval: 'week',
      cost: queryCost({ kind: 'segmentation', days: 28, segments: 2 }),
      periods: (now) => lastPeriods('week', 4, now),
    }),
  ],
};

/** Finds a chart and its project. Sized charts (`bench-…`) belong to the project that asks. */
export function findChart(
  id: string,
  asking: Project['id'],
): { readonly chart: SavedChart; readonly owner: Project['id'] } | undefined {
  const sized = sizedChart(id);
  if (sized) return { chart: sized, owner: asking };
  for (const owner of ['shop', 'labs'] as const) {
    const chart = PROJECT_CHARTS[owner].find((saved) => saved.id === id);
    if (chart) return { chart, owner };
  }
  return undefined;
}

/** Whether any project has a chart of this id. */
export function chartExists(id: string): boolean {
  return findChart(id, 'shop') !== undefined;
}

function unsupported(id: string, title: string): SavedChart {
  return { id, title, layout: 'unsupported', interval: 'day', cost: 0, report: null };
}
