import { setTimeout as delay } from 'node:timers/promises';
import type { ServiceProcess } from './service-process.ts';

/** What clients did and met. */
export interface Traffic {
  requests: number;
  /** Answers that nobody expects. */
  readonly wrong: string[];
}

interface Named {
  readonly id: string;
}

/** Runs start and are canceled, somebody retries: each answer may find things changed. */
const EXPECTED: ReadonlySet<number> = new Set([200, 202, 404, 409]);

/** By then every table has been written, in ms since the start. */
const EARLY_MS = 60_000;

const QUERIES = [
  'SELECT count(*) FROM raw.s1_chart_bench_500x90_1',
  'SELECT status, count(*) FROM chartlift.runs GROUP BY status',
  'SELECT * FROM chartlift.stream_results ORDER BY ended_at DESC LIMIT 20',
  'SELECT sum(i) FROM range(3000000) t(i)',
];

/** Asks in many ways at once until it is over; some leave before their answer is there. */
export async function beClients(
  service: ServiceProcess,
  sources: readonly string[],
  traffic: Traffic,
  over: AbortSignal,
): Promise<void> {
  const ask = async (method: string, path: string, body?: unknown): Promise<string> => {
    traffic.requests += 1;
    const { status, text } = await service.ask(method, path, body);
    // A table that no run has written yet is not there for a query.
    const early = status === 422 && performance.now() < EARLY_MS && text.includes('does not exist');
    if (!EXPECTED.has(status) && !early) {
      traffic.wrong.push(`${method} ${path}: ${status} ${text.slice(0, 300)}`);
    }
    return status === 200 ? text : '';
  };
  const first = async (path: string): Promise<Named | undefined> => {
    const text = await ask('GET', path);
    return text === '' ? undefined : JSON.parse(text).items[0];
  };
  const repeat = async (everyMs: number, act: (round: number) => Promise<unknown>) => {
    for (let round = 0; !over.aborted; round += 1) {
      await act(round);
      await delay(everyMs, undefined, { signal: over }).catch(() => undefined);
    }
  };
  const source = (round: number) => sources[round % sources.length] ?? '';
  /** Reads the beginning of an answer and goes away. */
  const leave = async (path: string, afterMs: number) => {
    traffic.requests += 1;
    const left = AbortSignal.timeout(afterMs);
    try {
      const url = `${service.url}/api/v1${path}`;
      const response = await fetch(url, { headers: service.headers, signal: left });
      for await (const _ of response.body ?? []) if (left.aborted) return;
    } catch (error) {
      if (!left.aborted) traffic.wrong.push(`GET ${path}: ${String(error)}`);
    }
  };
  await Promise.all([
    repeat(200, () => ask('GET', '/sources?limit=50')),
    repeat(300, () => ask('GET', '/runs?limit=50')),
    repeat(700, () => ask('GET', '/tables?limit=100')),
    repeat(500, (round) => ask('GET', `/sources/${source(round)}`)),
    repeat(900, () => ask('GET', '/tables/raw/s1_chart_bench_500x90_1/preview')),
    repeat(1_500, () => ask('GET', '/tables/raw/s2_chart_bench_500x90_2/statistics')),
    repeat(1_000, (round) => ask('POST', '/sql', { query: QUERIES[round % QUERIES.length] })),
    repeat(3_000, (round) => ask('POST', `/sources/${source(round * 3)}/runs`)),
    repeat(7_000, async () => {
      const run = await first('/runs?limit=1&status=running');
      if (run) await ask('POST', `/runs/${run.id}/cancel`);
    }),
    repeat(5_000, async (round) => {
      const status = ['failed', 'partial', 'canceled'][round % 3];
      const run = await first(`/runs?limit=1&status=${status}`);
      if (run) await ask('POST', `/runs/${run.id}/retry`);
    }),
    repeat(400, async (round) => {
      const run = await first('/runs?limit=1');
      if (run) await leave(`/runs/${run.id}/events`, 50 + ((round * 370) % 3_000));
    }),
    repeat(1_200, (round) => {
      const format = ['csv', 'jsonl', 'parquet', 'arrow'][round % 4];
      const path = `/tables/raw/s3_chart_bench_500x90_3/export?format=${format}`;
      return leave(path, 5 + ((round * 37) % 200));
    }),
  ]);
}
