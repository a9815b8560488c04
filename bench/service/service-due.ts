import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Measured, seconds } from '../measured.ts';
import { timeBareClient } from './bare-client.ts';
import { configureSources } from './configured-sources.ts';
import { type ServiceProcess, startServiceProcess } from './service-process.ts';
import { projectsOf, type SimulatorProcess, startSimulatorProcess } from './simulator-process.ts';
import { stolenMs } from './stolen-time.ts';

const SOURCES = 100;
/** As many as the sources of `service-store` have. */
const CHARTS = 20;
/** What sources have where the times of a run's beginning and end weigh more. */
const FEW_CHARTS = 6;
const LATENCY_MS = 200;
/** Requests that Amplitude answers at once (DESIGN §3). */
const AT_ONCE = 5;
/** From the start of the service, so that it is idle by then. */
const DUE_IN_MS = 6_000;

interface Run {
  readonly status: string;
  readonly ended_at: string | null;
}

interface Page<Item> {
  readonly items: readonly Item[];
}

/**
 * A hundred sources due at the same moment, against what the limits of their keys allow: on ten keys, which
 * is up to 250 charts a second, and on two, which shows what the processors have to do with it. Sources of few
 * charts on ten keys are done within seconds, in which much of the code is compiled: told, not promised.
 */
export async function benchServiceDue(): Promise<Measured[]> {
  const root = await mkdtemp(join(tmpdir(), 'chartlift-bench-'));
  try {
    return [
      await timeDue(join(root, 'ten'), 10, CHARTS, true),
      await timeDue(join(root, 'few'), 10, FEW_CHARTS, false),
      await timeDue(join(root, 'two'), 2, FEW_CHARTS, true),
    ];
  } finally {
    // Not before: making files takes some disks longer for minutes after many were removed.
    await rm(root, { recursive: true });
  }
}

async function timeDue(
  home: string,
  keys: number,
  charts: number,
  isPromised: boolean,
): Promise<Measured> {
  await mkdir(home);
  const simulator = await startSimulatorProcess({
    latencyMs: LATENCY_MS,
    projects: projectsOf(keys),
  });
  try {
    const ideal = ((SOURCES / keys) * charts * LATENCY_MS) / AT_ONCE;
    const names = Array.from({ length: charts }, (_, chart) => `bench-10x30-${chart + 1}`);
    const asked = Array.from({ length: SOURCES / keys }, () => names).flat();
    const bare = await timeBareClient(simulator, asked, AT_ONCE);
    const before = await simulator.stats();
    const dueAt = Date.now() + DUE_IN_MS;
    await configureSources(
      home,
      Array.from({ length: SOURCES }, (_, at) => {
        const project = simulator.projects[at % keys];
        return {
          name: `Source ${at + 1}`,
          apiKey: project?.apiKey ?? '',
          secretKey: project?.secretKey ?? '',
          charts: names,
          trigger: () => ({ type: 'daily', time: '03:00', timezone: 'UTC' }),
          nextRunAt: new Date(dueAt).toISOString(),
        };
      }),
    );
    const service = await startServiceProcess({
      home,
      env: { CHARTLIFT_AMPLITUDE_BASE_URL: simulator.url },
    });
    try {
      const cpu = await service.cpuMs();
      const stolen = await stolenMs();
      const ms = (await lastEnd(service)) - dueAt;
      const used = (await service.cpuMs()) - cpu;
      const taken = (await stolenMs()) - stolen;
      const changed = await timeAgain(service, simulator);
      const { refused, requests } = await simulator.stats();
      return {
        what: `${SOURCES} sources of ${charts} charts due at once on ${keys} API keys at ${LATENCY_MS} ms`,
        measured: `${(ms / ideal).toFixed(2)} × the ideal (${seconds(ms)} to ${seconds(ideal)}, ${seconds(used)} of processor time, ${seconds(taken)} more were the host's; a client that only reads: ${(bare / ideal).toFixed(2)} ×), started again when all charts have changed ${(changed.ms / ideal).toFixed(2)} × (${seconds(changed.cpu)} of processor time), ${refused} of ${requests - before.requests} answers were 429`,
        promised: isPromised ? 'at most 1.2 ×, no 429' : 'no 429',
        kept: (!isPromised || ms / ideal <= 1.2) && refused === 0,
      };
    } finally {
      await service.stop();
    }
  } finally {
    await simulator.stop();
  }
}

/** Changes some days of all charts, and starts all sources at once, over the tables that are there. */
async function timeAgain(
  service: ServiceProcess,
  simulator: SimulatorProcess,
): Promise<{ readonly ms: number; readonly cpu: number }> {
  await simulator.restate('*');
  const path = `/sources?limit=${SOURCES}`;
  const { items } = await service.api<Page<{ readonly id: string }>>('GET', path);
  const cpu = await service.cpuMs();
  const startedAt = Date.now();
  await Promise.all(items.map(({ id }) => service.api('POST', `/sources/${id}/runs`, {})));
  const endedAt = await lastEnd(service, startedAt);
  return { ms: endedAt - startedAt, cpu: (await service.cpuMs()) - cpu };
}

/**
 * When the last run ended, in ms since the Unix epoch. Throws if one did not succeed.
 * @param since that runs count which ended after this
 */
async function lastEnd(service: ServiceProcess, since = 0): Promise<number> {
  const open = '/runs?limit=1&status=queued&status=running';
  const wrong = '/runs?limit=1&status=failed&status=partial&status=canceled';
  for (;;) {
    // Asks for little, and not often: what is measured has to answer it.
    await delay(250);
    if ((await service.api<Page<Run>>('GET', open)).items.length > 0) continue;
    const { items: bad } = await service.api<Page<Run>>('GET', wrong);
    if (bad.length > 0) throw new Error(`a run did not succeed: ${JSON.stringify(bad)}`);
    const path = '/runs?limit=100&status=success';
    const { items } = await service.api<Page<Run>>('GET', path);
    const ends = items.map(({ ended_at: at }) => Date.parse(at ?? '')).filter((at) => at > since);
    if (ends.length === SOURCES) return Math.max(...ends);
  }
}
