import { onTestFinished } from 'vitest';
import {
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from '../../src/simulator/simulator.ts';

/** A Wednesday morning: the week, the day and the hour are under way. */
export const NOW = Date.UTC(2026, 5, 17, 10, 30);

/** A simulator with a clock that stands still, until the test ends. */
export async function openSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const simulator = await startSimulator({ now: () => NOW, ...options });
  onTestFinished(() => simulator.close());
  return simulator;
}

export function chartUrl(simulator: Simulator, chartId: string): string {
  return `${simulator.url}/api/3/chart/${chartId}/csv`;
}

export function basic(apiKey: string, secretKey: string): string {
  return `Basic ${Buffer.from(`${apiKey}:${secretKey}`).toString('base64')}`;
}

export const SHOP_KEYS = basic('demo-api-key', 'demo-secret-key');
export const LABS_KEYS = basic('labs-api-key', 'labs-secret-key');

export interface GetOptions {
  readonly keys?: string;
  readonly encoding?: string;
  readonly signal?: AbortSignal;
}

export async function getChart(
  simulator: Simulator,
  chartId: string,
  options: GetOptions = {},
): Promise<Response> {
  const { keys = SHOP_KEYS, encoding = 'identity', signal } = options;
  return fetch(chartUrl(simulator, chartId), {
    headers: { authorization: keys, 'accept-encoding': encoding },
    redirect: 'manual',
    ...(signal ? { signal } : {}),
  });
}

/** The text in a good answer, `data`. */
export async function reportText(response: Response): Promise<string> {
  const body: unknown = await response.json();
  if (typeof body === 'object' && body !== null && 'data' in body) return String(body.data);
  throw new Error(`No report: ${JSON.stringify(body)}`);
}

export async function getReport(simulator: Simulator, chartId: string): Promise<string> {
  return reportText(await getChart(simulator, chartId));
}
