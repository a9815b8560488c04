import type { Fault } from './fault.ts';

/** In place of a chart id: every chart that has no fault of its own. */
export const EVERY_CHART = '*';

/** Which charts are to fail, and how many more times. */
export interface FaultPlan {
  /** Replaces what was planned for a chart id or {@link EVERY_CHART}; null ends it. */
  set(target: string, fault: Fault | null): void;
  /** The fault of the next answer for a chart; counts as one of its times. */
  take(chartId: string): Fault | null;
}

export function createFaultPlan(): FaultPlan {
  const planned = new Map<string, { readonly fault: Fault; left: number }>();
  return {
    set(target, fault) {
      if (fault) planned.set(target, { fault, left: fault.times ?? Number.POSITIVE_INFINITY });
      else planned.delete(target);
    },
    take(chartId) {
      const target = planned.has(chartId) ? chartId : EVERY_CHART;
      const plan = planned.get(target);
      if (!plan) return null;
      plan.left -= 1;
      if (plan.left <= 0) planned.delete(target);
      return plan.fault;
    },
  };
}
