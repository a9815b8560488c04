import type { Fault } from '../faults/fault.ts';
import type { Project } from '../project.ts';
import { FAILING_CHARTS } from './failing-charts.ts';
import { PROJECT_CHARTS } from './project-charts.ts';
import type { ChartLayout } from './saved-chart.ts';

/** A saved chart as it is listed to people. */
export interface SimulatedChart {
  readonly id: string;
  readonly title: string;
  readonly layout: ChartLayout;
  readonly project: Project['id'];
  /** What one request costs, in Amplitude's units (reference §1.3). */
  readonly cost: number;
  /** How it fails from the start on; null if it works. */
  readonly fails: Fault['kind'] | null;
}

/** All charts with a name of their own, project by project. */
export function listCharts(): readonly SimulatedChart[] {
  const faults = new Map(FAILING_CHARTS.map(({ chart, fault }) => [chart.id, fault.kind]));
  return (['shop', 'labs'] as const).flatMap((project) =>
    PROJECT_CHARTS[project].map(({ id, title, layout, cost }) => ({
      id,
      title,
      layout,
      project,
      cost,
      fails: faults.get(id) ?? null,
    })),
  );
}
