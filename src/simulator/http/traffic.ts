import type { ServerResponse } from 'node:http';

/** What has happened since the start. */
export interface SimulatorStats {
  /** Requests for charts, whatever they were answered. */
  readonly requests: number;
  /** The same by chart id. */
  readonly requestsByChart: Readonly<Record<string, number>>;
  /** Those answered 429. */
  readonly refused: number;
  /** The most requests for charts that were open at one moment, refused ones included. */
  readonly maxConcurrent: number;
  /** TCP connections that were opened. */
  readonly connections: number;
}

/** Counts what comes in and what goes out. */
export interface Traffic {
  connected(): void;
  requested(chartId: string, response: ServerResponse): void;
  stats(): SimulatorStats;
}

export function createTraffic(): Traffic {
  const requestsByChart = new Map<string, number>();
  const totals = { requests: 0, refused: 0, maxConcurrent: 0, connections: 0 };
  let open = 0;
  return {
    connected() {
      totals.connections += 1;
    },
    requested(chartId, response) {
      totals.requests += 1;
      requestsByChart.set(chartId, (requestsByChart.get(chartId) ?? 0) + 1);
      open += 1;
      totals.maxConcurrent = Math.max(totals.maxConcurrent, open);
      response.once('close', () => {
        open -= 1;
        if (response.statusCode === 429) totals.refused += 1;
      });
    },
    stats: () => ({ ...totals, requestsByChart: Object.fromEntries(requestsByChart) }),
  };
}
