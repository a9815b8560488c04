import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inProcess, type Measured, seconds } from '../measured.ts';
import { fillStore, RUNS, SOURCES, STREAMS } from './full-store.ts';
import { percentile, timeRequests } from './latency.ts';
import { startServiceProcess } from './service-process.ts';

const CLIENTS = 50;
const REQUESTS = 40;
/** People who click and programs that poll: 50 of them ask 100 times a second. */
const PAUSE_MS = 500;

const ASKED = [
  { what: 'list', path: () => '/sources?limit=50' },
  {
    what: 'filter by text',
    path: (at: number) => `/sources?limit=50&text=${at % 2 ? 'CHECKOUT' : 'stock'}`,
  },
  {
    what: 'filter by status of the last run',
    path: (at: number) => `/sources?limit=50&status=${at % 2 === 0 ? 'failed' : 'partial'}`,
  },
  { what: 'filter by a text that nothing has', path: () => '/sources?limit=50&text=zebra' },
  { what: 'list of runs', path: () => '/runs?limit=50' },
  {
    what: 'runs filtered by status',
    path: (at: number) => `/runs?limit=50&status=${at % 2 === 0 ? 'failed' : 'partial'}`,
  },
] as const;

/** Lists of a full store under 50 clients, and a scheduler's look at it. */
export async function benchServiceStore(): Promise<Measured[]> {
  const home = await mkdtemp(join(tmpdir(), 'chartlift-bench-'));
  try {
    const filling = performance.now();
    await fillStore(home);
    console.log(
      `        ${SOURCES} sources × ${STREAMS} streams × ${RUNS} runs filled in within ${seconds(performance.now() - filling)}`,
    );
    return [...(await timeLists(home)), ...(await timeTicks(home))];
  } finally {
    await rm(home, { recursive: true });
  }
}

async function timeLists(home: string): Promise<Measured[]> {
  const service = await startServiceProcess({ home });
  try {
    const cursors = await cursorsOf(service);
    const page = (at: number) => `/sources?limit=50&cursor=${cursors[at % cursors.length]}`;
    const measured: Measured[] = [];
    for (const { what, path } of [...ASKED, { what: 'page', path: page }]) {
      const ask = async (at: number) => {
        const { status, text } = await service.ask('GET', path(at));
        if (status !== 200) throw new Error(`${path(at)}: ${status} ${text}`);
      };
      // The first ones find nothing compiled and no connection.
      await timeRequests({ count: CLIENTS, requests: 10, pauseMs: 0, ask });
      const { times } = await timeRequests({
        count: CLIENTS,
        requests: REQUESTS,
        pauseMs: PAUSE_MS,
        ask,
      });
      const full = await timeRequests({ count: CLIENTS, requests: 20, pauseMs: 0, ask });
      const p95 = percentile(times, 0.95);
      measured.push({
        what: `${what}, ${CLIENTS} clients with ${CLIENTS / (PAUSE_MS / 1000)} requests a second`,
        measured: `p95 ${p95.toFixed(1)} ms, median ${percentile(times, 0.5).toFixed(1)} ms; without pauses ${Math.round(full.perSecond)} a second at p95 ${percentile(full.times, 0.95).toFixed(0)} ms`,
        promised: 'p95 under 30 ms',
        kept: p95 < 30,
      });
    }
    return measured;
  } finally {
    await service.stop();
  }
}

/** Where each page of 50 sources begins, but for the first. */
async function cursorsOf(service: {
  api<Result>(method: string, path: string): Promise<Result>;
}): Promise<string[]> {
  const cursors: string[] = [];
  for (let path = '/sources?limit=50'; ; ) {
    const page = await service.api<{ next_cursor: string | null }>('GET', path);
    if (page.next_cursor === null) return cursors;
    cursors.push(page.next_cursor);
    path = `/sources?limit=50&cursor=${page.next_cursor}`;
  }
}

async function timeTicks(home: string): Promise<Measured[]> {
  const {
    idle = 0,
    few = 0,
    all = 0,
    longest = 0,
  } = await inProcess('service/ticks-once.ts', [home]);
  return [
    {
      what: `scheduler tick over ${SOURCES} sources, none due`,
      measured: `p95 ${idle.toFixed(2)} ms`,
      promised: 'under 20 ms',
      kept: idle < 20,
    },
    {
      what: 'scheduler tick, 5 due',
      measured: `p95 ${few.toFixed(1)} ms`,
      promised: 'under 20 ms',
      kept: few < 20,
    },
    {
      what: `scheduler tick, all ${SOURCES} due`,
      measured: `${seconds(all)} in all; holds up others for ${longest.toFixed(1)} ms at most`,
      promised: 'holds up nobody for 20 ms',
      kept: longest < 20,
    },
  ];
}
