import { readRefusal } from '../../../src/source/amplitude/request/refusal.ts';
import { RequestQueue, type Ticket } from '../../../src/source/amplitude/request/request-queue.ts';
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
  /** The most charts that were answered between the first request for one chart and its answer. */
  readonly overtakenMost: number;
}

/** Charts that stand in the queue at a time: more than a refused one may let go first. */
const WAITING = 100;

interface Request {
  readonly ticket: Ticket;
  readonly chart: Chart;
  readonly endsAt: number;
  readonly refusal: 'cost' | 'concurrent' | null;
}

/**
 * Reads all charts through the queue from a server, in virtual time. With `retryAfter`, the server's
 * refusals tell when the chart would pass.
 */
export function simulate(
  server: LimitedServer,
  charts: readonly Chart[],
  random: () => number,
  retryAfter = false,
): Outcome {
  const queue = new RequestQueue();
  const chartOf = new Map<Ticket, Chart>();
  /** How many others had been answered when a chart was asked for first. */
  const answeredBefore = new Map<Ticket, number>();
  const underWay = new Set<Request>();
  let now = 0;
  let requests = 0;
  let answered = 0;
  let underWayMost = 0;
  let overtakenMost = 0;

  function started(ticket: Ticket): void {
    const chart = chartOf.get(ticket);
    if (chart === undefined) throw new Error('a ticket without a chart');
    if (ticket.refusals === 0) answeredBefore.set(ticket, answered);
    const refusal = server.refusal(now, chart.cost);
    if (refusal === null) server.admit(now, chart.cost);
    server.underWay += refusal === null ? 1 : 0;
    const answersIn = refusal === null ? chart.latency : 50 + 100 * random();
    underWay.add({ ticket, chart, endsAt: now + answersIn, refusal });
    underWayMost = Math.max(underWayMost, underWay.size);
    requests += 1;
  }

  function ended(request: Request): void {
    const { ticket, chart, refusal } = request;
    if (refusal === null) {
      server.underWay -= 1;
      overtakenMost = Math.max(overtakenMost, answered - (answeredBefore.get(ticket) ?? 0));
      answered += 1;
      queue.accept(ticket, now);
    } else {
      queue.refuse(ticket, now, told(refusal, chart), random());
      queue.enter(ticket);
    }
    queue.end(now);
  }

  function told(refusal: 'cost' | 'concurrent', { cost }: Chart) {
    const room = Math.ceil((server.roomFor(now, cost) - now) / 1_000);
    return readRefusal(
      refusal === 'concurrent'
        ? 'Exceeded concurrent limit'
        : `Exceeded rate limit with query of cost ${cost}`,
      retryAfter ? String(room) : null,
      now,
    );
  }

  let drawn = 0;
  while (answered < charts.length) {
    for (const chart of charts.slice(drawn, drawn + WAITING - queue.waiting.length)) {
      const ticket = queue.draw();
      chartOf.set(ticket, chart);
      queue.enter(ticket);
      drawn += 1;
    }
    const soonest = [...underWay].reduce<Request | null>(
      (first, request) => (first === null || request.endsAt < first.endsAt ? request : first),
      null,
    );
    const starts = Math.max(now, queue.nextStart());
    if (soonest !== null && soonest.endsAt <= starts) {
      now = soonest.endsAt;
      underWay.delete(soonest);
      ended(soonest);
    } else {
      now = starts;
      const ticket = queue.start(now);
      if (ticket !== null) started(ticket);
    }
  }
  return {
    time: now,
    requests,
    refused: requests - charts.length,
    refusedMost: Math.max(...[...chartOf.keys()].map(({ refusals }) => refusals)),
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
