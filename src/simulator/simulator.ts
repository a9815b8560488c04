import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { ChartliftError } from '../errors.ts';
import { FAILING_CHARTS } from './charts/failing-charts.ts';
import { listCharts, type SimulatedChart } from './charts/listed-charts.ts';
import { chartExists } from './charts/project-charts.ts';
import type { Fault } from './faults/fault.ts';
import { createFaultPlan, EVERY_CHART } from './faults/fault-plan.ts';
import { createChartApi } from './http/chart-api.ts';
import { answerControl } from './http/control-api.ts';
import type { LimitOptions } from './http/limits.ts';
import { METHOD_NOT_ALLOWED, PATH_UNKNOWN, sendRefusal } from './http/refusal.ts';
import { createTraffic, type SimulatorStats } from './http/traffic.ts';
import { createRestatements } from './product/restatements.ts';
import { DEMO_PROJECTS, type Project } from './project.ts';

export interface SimulatorOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** Equal seeds and clocks give equal answers; 1 unless given. */
  readonly seed?: number;
  /** The moment that answers show, in ms since the epoch; the real one unless given. */
  readonly now?: () => number;
  /** How long an answer takes to start, in ms of real time; 0 unless given. Refusals come at once. */
  readonly latencyMs?: number;
  /** For each project. */
  readonly limits?: LimitOptions;
  /** {@link DEMO_PROJECTS} unless given. */
  readonly projects?: readonly Project[];
}

/** A stand-in for Amplitude's chart export, over real HTTP on loopback. */
export interface Simulator {
  /** Such as `http://127.0.0.1:40123`, without a slash at its end. */
  readonly url: string;
  readonly projects: readonly Project[];
  /** All charts with a name; `bench-<rows>x<days>-<n>` exist besides them, in every project. */
  charts(): readonly SimulatedChart[];
  /**
   * Makes a chart, or with {@link EVERY_CHART} each that has no fault of its own, fail from the next
   * answer on; null makes it well again.
   *
   * @throws ChartliftError `usage` if there is no such chart.
   */
  setFault(target: string, fault: Fault | null): void;
  /**
   * Changes the past of a chart, or of {@link EVERY_CHART}: its newest complete period and a share
   * (0 to 1, 0.1 unless given) of the older values. They stay so, until they are changed again.
   *
   * @throws ChartliftError `usage` if there is no such chart.
   */
  restate(target: string, share?: number): void;
  /**
   * Gives a chart the definition of another one of its project, as if somebody had edited and saved it.
   *
   * @throws ChartliftError `usage` if there is no such chart.
   */
  redefine(chartId: string, as: string): void;
  stats(): SimulatorStats;
  /** Ends every connection, whatever is under way. */
  close(): Promise<void>;
}

const HOST = '127.0.0.1';
const CHART_PATH = /^\/api\/3\/chart\/([^/?]+)\/csv(?:\?.*)?$/;
const CONTROL_PATH = /^\/simulator(\/[^?]*)/;
/** Longer than any client pauses, so that a kept connection does not end under its hands. */
const KEEP_ALIVE_MS = 65_000;

/**
 * Starts a simulator.
 *
 * @throws ChartliftError `usage` if the port cannot be opened.
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { port = 0, seed = 1, now = Date.now, latencyMs = 0 } = options;
  const { projects = DEMO_PROJECTS, limits = {} } = options;
  const traffic = createTraffic();
  const restatements = createRestatements();
  const faults = createFaultPlan();
  const definitions = new Map<string, string>();
  for (const { chart, fault } of FAILING_CHARTS) faults.set(chart.id, fault);
  const answerChart = createChartApi({
    projects,
    limits,
    faults,
    restatements,
    definitions,
    seed,
    latencyMs,
    now,
  });

  const controls: Omit<Simulator, 'url' | 'close'> = {
    projects,
    charts: listCharts,
    setFault(target, fault) {
      assertTarget(target);
      faults.set(target, fault);
    },
    restate(target, share = 0.1) {
      assertTarget(target);
      restatements.add(target === EVERY_CHART ? null : target, { at: now(), share });
    },
    redefine(chartId, as) {
      assertChart(chartId);
      assertChart(as);
      definitions.set(chartId, as);
    },
    stats: traffic.stats,
  };

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = request.url ?? '';
    const [, chartId] = CHART_PATH.exec(url) ?? [];
    if (chartId !== undefined) {
      if (request.method !== 'GET') return sendRefusal(response, METHOD_NOT_ALLOWED);
      traffic.requested(chartId, response);
      return answerChart(chartId, request, response);
    }
    const [, control] = CONTROL_PATH.exec(url) ?? [];
    if (control !== undefined) return answerControl(control, controls, request, response);
    return sendRefusal(response, PATH_UNKNOWN);
  }

  const server = createServer((request, response) => {
    void route(request, response).catch((error: unknown) => {
      // Nobody waits for the rest of an answer whose connection has ended.
      if (response.closed || response.destroyed) return;
      response.destroy();
      throw error;
    });
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.on('connection', traffic.connected);
  const openPort = await listen(server, port);

  return {
    ...controls,
    url: `http://${HOST}:${openPort}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function assertTarget(target: string): void {
  if (target !== EVERY_CHART) assertChart(target);
}

function assertChart(id: string): void {
  if (chartExists(id)) return;
  throw new ChartliftError(
    'usage',
    `The simulator has no chart ${id}.`,
    'Take one that it lists at its start, bench-<rows>x<days>-<n>, or * for all.',
  );
}

/** Resolves to the port that was opened. */
async function listen(server: Server, port: number): Promise<number> {
  try {
    server.listen(port, HOST);
    await once(server, 'listening');
  } catch (cause) {
    throw new ChartliftError(
      'usage',
      `The simulator cannot listen on port ${port}.`,
      'Choose another port, or 0 for a free one.',
      { cause },
    );
  }
  const address = server.address();
  return typeof address === 'object' && address ? address.port : port;
}
