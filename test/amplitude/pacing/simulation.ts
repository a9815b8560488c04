import {
  accept,
  end,
  FREE_PACE,
  nextStart,
  type Pace,
  refuse,
  start,
} from '../../../src/source/amplitude/request/pacing.ts';
import { readRefusal } from '../../../src/source/amplitude/request/refusal.ts';
import { LimitedServer, type Limits } from './limited-server.ts';
import type { Chart } from './workload.ts';

export interface Outcome {
  /** When the last chart was there, in ms from the start. */
  readonly time: number;
  readonly requests: number;
  readonly refused: number;
  /** The most refusals that one chart had. */
  readonly refusedMost: number;
  readonly underWayMost: number;
  /** The most charts that were answered before one that had been waiting in front of them. */
  readonly overtakenMost: number;
}

interface Request {
  readonly chart: number;
  readonly startedAt: number;
  readonly endsAt: number;
  readonly refusal: 'cost' | 'concurrent' | null;
}

export interface Behaviour {
  /** Whether a 429 names the cost. */
  readonly namesCost: boolean;
  /** Whether a 429 carries `Retry-After`: the time until the chart would pass. */
  readonly retryAfter: boolean;
}

/** Reads all charts through the pacing core from a server, in virtual time. */
export function simulate(
  server: LimitedServer,
  charts: readonly Chart[],
  random: () => number,
  behaviour: Behaviour = { namesCost: true, retryAfter: false },
): Outcome {
  let pace: Pace = FREE_PACE;
  let now = 0;
  let next = 0;
  const refusedCharts: number[] = [];
  const underWay: Request[] = [];
  const refusals = new Uint16Array(charts.length);
  let requests = 0;
  let answered = 0;
  let underWayMost = 0;
  let overtakenMost = 0;

  function startNext(): void {
    const index = refusedCharts.shift() ?? next++;
    const { cost, latency } = chartAt(charts, index);
    const refusal = server.refusal(now, cost);
    if (refusal === null) server.admit(now, cost);
    const answersIn = refusal === null ? latency : 50 + 100 * random();
    server.underWay += refusal === null ? 1 : 0;
    underWay.push({ chart: index, startedAt: now, endsAt: now + answersIn, refusal });
    underWayMost = Math.max(underWayMost, underWay.length);
    requests += 1;
    pace = start(pace, now);
  }

  function finish(request: Request): void {
    if (request.refusal === null) {
      server.underWay -= 1;
      answered += 1;
      pace = accept(pace, now, request.startedAt);
      const waiting = refusedCharts[0] ?? Number.POSITIVE_INFINITY;
      if (waiting < request.chart) overtakenMost = Math.max(overtakenMost, request.chart - waiting);
    } else {
      refusals[request.chart] = (refusals[request.chart] ?? 0) + 1;
      refusedCharts.push(request.chart);
      refusedCharts.sort((a, b) => a - b);
      pace = refuse(pace, now, request.startedAt, told(request), random());
    }
    pace = end(pace, now);
  }

  function told(request: Request) {
    const { cost } = chartAt(charts, request.chart);
    const words = behaviour.namesCost
      ? `Exceeded rate limit with query of cost ${cost}`
      : 'Exceeded rate limit';
    const details = request.refusal === 'concurrent' ? 'Exceeded concurrent limit' : words;
    const room = Math.ceil((server.roomFor(now, cost) - now) / 1_000);
    return readRefusal(details, behaviour.retryAfter ? String(room) : null, now);
  }

  while (answered < charts.length) {
    const first = underWay.reduce<Request | null>(
      (soonest, request) =>
        soonest === null || request.endsAt < soonest.endsAt ? request : soonest,
      null,
    );
    const waiting = refusedCharts.length > 0 || next < charts.length;
    const starts = waiting ? Math.max(now, nextStart(pace)) : Number.POSITIVE_INFINITY;
    if (first !== null && first.endsAt <= starts) {
      now = first.endsAt;
      underWay.splice(underWay.indexOf(first), 1);
      finish(first);
    } else {
      now = starts;
      startNext();
    }
  }
  return {
    time: now,
    requests,
    refused: requests - charts.length,
    refusedMost: Math.max(...refusals),
    underWayMost,
    overtakenMost,
  };
}

/**
 * The shortest time in which the server lets all charts pass in this order, for somebody who knows
 * its limits, its windows and the cost of every chart, and is never refused.
 */
export function oracleTime(limits: Limits, phase: number, charts: readonly Chart[]): number {
  const server = new LimitedServer(limits, phase);
  const ends: number[] = [];
  let now = 0;
  let last = 0;
  for (const { cost, latency } of charts) {
    if (ends.length === limits.atOnce) {
      ends.sort((a, b) => a - b);
      now = Math.max(now, ends.shift() ?? 0);
    }
    now = server.roomFor(now, cost);
    server.admit(now, cost);
    ends.push(now + latency);
    last = Math.max(last, now + latency);
  }
  return last;
}

/**
 * The shortest time for somebody who does not know what the next chart costs, but everything else:
 * keeps the one best constant spacing (found by trying all), waits exactly as long as needed after a
 * refusal, and has fewer than 5 % of the requests refused.
 */
export function blindTime(limits: Limits, phase: number, charts: readonly Chart[]): number {
  let best = Number.POSITIVE_INFINITY;
  for (let spacing = 100; spacing < 400_000; spacing *= 1.05) {
    const server = new LimitedServer(limits, phase);
    let now = 0;
    let refused = 0;
    for (const { cost } of charts) {
      if (server.refusal(now, cost) !== null) refused += 1;
      now = server.roomFor(now, cost);
      server.admit(now, cost);
      now += spacing;
    }
    if (refused / (charts.length + refused) < 0.05) best = Math.min(best, now);
  }
  return best;
}

function chartAt(charts: readonly Chart[], index: number): Chart {
  const chart = charts[index];
  if (chart === undefined) throw new RangeError(`no chart ${index}`);
  return chart;
}
