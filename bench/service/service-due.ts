import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Measured, seconds } from '../measured.ts';
import { timeBareClient } from './bare-client.ts';
import { configureSources } from './configured-sources.ts';
import { type ServiceProcess, startServiceProcess } from './service-process.ts';
import { projectsOf, startSimulatorProcess } from './simulator-process.ts';

const SOURCES = 100;
const CHARTS = 6;
const LATENCY_MS = 200;
/** Requests that Amplitude answers at once (DESIGN §3). */
const AT_ONCE = 5;
/** From the start of the service, so that it is idle by then. */
const DUE_IN_MS = 6_000;

interface Run {
  readonly status: string;
  readonly ended_at: string | null;
}

/**
 * A hundred sources due at the same moment, against what the limits of their keys allow: on ten keys, which
 * is up to 250 charts a second, and on two, which shows what the processors have to do with it.
 */
export async function benchServiceDue(): Promise<Measured[]> {
  return [...(await timeDue(10)), ...(await timeDue(2))];
}

async function timeDue(keys: number): Promise<Measured[]> {
  const home = await mkdtemp(join(tmpdir(), 'chartlift-bench-'));
  const simulator = await startSimulatorProcess({
    latencyMs: LATENCY_MS,
    projects: projectsOf(keys),
  });
  try {
    const ideal = ((SOURCES / keys) * CHARTS * LATENCY_MS) / AT_ONCE;
    const names = Array.from({ length: CHARTS }, (_, chart) => `bench-10x30-${chart + 1}`);
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
      const ms = (await lastEnd(service)) - dueAt;
      const used = (await service.cpuMs()) - cpu;
      const { refused, requests } = await simulator.stats();
      return [
        {
          what: `${SOURCES} sources of ${CHARTS} charts due at once on ${keys} API keys at ${LATENCY_MS} ms`,
          measured: `${(ms / ideal).toFixed(2)} × the ideal (${seconds(ms)} to ${seconds(ideal)}, ${seconds(used)} of processor time; a client that only reads: ${(bare / ideal).toFixed(2)} ×), ${refused} of ${requests - before.requests} answers were 429`,
          promised: 'at most 1.2 ×, no 429',
          kept: ms / ideal <= 1.2 && refused === 0,
        },
      ];
    } finally {
      await service.stop();
    }
  } finally {
    await simulator.stop();
    await rm(home, { recursive: true });
  }
}

/** When the last run ended, in ms since the Unix epoch. Throws if one did not succeed. */
async function lastEnd(service: ServiceProcess): Promise<number> {
  const wrong = '/runs?limit=1&status=failed&status=partial&status=canceled';
  for (;;) {
    await delay(250);
    const { items: bad } = await service.api<{ items: readonly Run[] }>('GET', wrong);
    if (bad.length > 0) throw new Error(`a run did not succeed: ${JSON.stringify(bad)}`);
    const path = '/runs?limit=100&status=success';
    const { items } = await service.api<{ items: readonly Run[] }>('GET', path);
    if (items.length < SOURCES) continue;
    return Math.max(...items.map(({ ended_at: at }) => Date.parse(at ?? '')));
  }
}
