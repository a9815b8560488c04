import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Fault } from '../../src/simulator/faults/fault.ts';
import { type Measured, median, megabytes } from '../measured.ts';
import { type ConfiguredSource, configureSources } from './configured-sources.ts';
import { type ServiceProcess, startServiceProcess } from './service-process.ts';
import { projectsOf, type SimulatorProcess, startSimulatorProcess } from './simulator-process.ts';
import { beClients, type Traffic } from './soak-clients.ts';
import { findUntruths } from './soak-truth.ts';

const KEYS = 4;
const SOURCES = 20;
const CHARTS = 4;
/** Of the sources, by number: those before it run every minute, those up to the next one after these. */
const AFTER_FROM = 8;
const MANUAL_FROM = 14;
const FAULT_EVERY_MS = 4_000;
const SAMPLE_EVERY_MS = 1_000;
/** How long runs may take to end once nothing new begins: a request that hangs is given up after 60 s. */
const SETTLE_MS = 180_000;

const FAULTS: readonly Fault[] = [
  { kind: 'status', status: 500, times: 3 },
  { kind: 'status', status: 503, times: 8 },
  { kind: 'hang', times: 1 },
  { kind: 'reset', times: 3 },
  { kind: 'cut', times: 3 },
  { kind: 'rate_limited', retryAfterSeconds: 1, times: 3 },
  { kind: 'broken_json', times: 1 },
  { kind: 'html', times: 1 },
];

/** Minutes of a service that nobody spares: faults, clients that leave, runs that are canceled. */
export async function benchServiceSoak(): Promise<Measured[]> {
  const { values } = parseArgs({
    strict: false,
    options: { minutes: { type: 'string', default: '10' } },
  });
  const minutes = Number(values['minutes']);
  const home = await mkdtemp(join(tmpdir(), 'chartlift-bench-'));
  const simulator = await startSimulatorProcess({ latencyMs: 50, projects: projectsOf(KEYS) });
  try {
    const ids = await configureSources(home, sourcesOf(simulator));
    const service = await startServiceProcess({
      home,
      env: { CHARTLIFT_AMPLITUDE_BASE_URL: simulator.url },
      // Node.js ends a process with an unhandled rejection anyway; this says it before any listener.
      execArgv: ['--unhandled-rejections=strict', '--trace-warnings'],
    });
    const over = new AbortController();
    const traffic: Traffic = { requests: 0, wrong: [] };
    const work = [beClients(service, ids, traffic, over.signal), disturb(simulator, over.signal)];
    const memory = await watchMemory(service, minutes);
    over.abort();
    await Promise.all(work);
    await simulator.setFault('*', null);
    const left = await settle(service, ids);
    const { untruths, counts } = await findUntruths(service, ids);
    const exitCode = await service.stop();
    const staging = await readdir(join(home, 'lake', '.chartlift', 'staging')).catch(() => []);
    const { requests, refused } = await simulator.stats();
    const wrong = [...traffic.wrong, ...untruths, ...left];
    for (const line of [...wrong.slice(0, 20), ...service.complaints.filter(isAlarming)]) {
      console.log(`        ${line}`);
    }
    const [third = Number.NaN, last = Number.NaN] = [memory[2], memory.at(-1)];
    const runs = Object.entries(counts).map(([status, count]) => `${count} ${status}`);
    console.log(
      `        ${traffic.requests} requests by clients, ${requests} to Amplitude (${refused} answered 429), runs: ${runs.join(', ')}`,
    );
    return [
      {
        what: `soak of ${minutes} minutes: memory of the last minute against the third`,
        measured: `${(last / third).toFixed(2)} × (${megabytes(last)} to ${megabytes(third)})`,
        promised: 'within 10 %',
        kept: last / third <= 1.1,
      },
      {
        what: 'no unhandled rejection, a regular end',
        measured: `exit code ${exitCode}, ${service.complaints.filter(isAlarming).length} alarms in the log`,
        promised: 'none',
        kept: exitCode === 0 && !service.complaints.some(isAlarming),
      },
      {
        what: 'every run ended in a truthful status, every table can be read, every answer was a right one',
        measured: `${wrong.length} that did not`,
        promised: 'none',
        kept: wrong.length === 0,
      },
      {
        what: 'staging directories left',
        measured: `${staging.length}`,
        promised: 'none',
        kept: staging.length === 0,
      },
    ];
  } finally {
    await simulator.stop();
    await rm(home, { recursive: true });
  }
}

function sourcesOf({ projects }: SimulatorProcess): ConfiguredSource[] {
  return Array.from({ length: SOURCES }, (_, at) => {
    const project = projects[at % KEYS];
    return {
      name: `Source ${at + 1}`,
      apiKey: project?.apiKey ?? '',
      secretKey: project?.secretKey ?? '',
      charts: Array.from({ length: CHARTS }, (__, chart) =>
        chart === 0 ? `bench-500x90-${at + 1}` : `bench-20x30-${at * CHARTS + chart}`,
      ),
      trigger: (ids) => {
        const before = ids[at - AFTER_FROM];
        if (at >= MANUAL_FROM) return { type: 'manual' };
        if (at >= AFTER_FROM && before) return { type: 'after', source_id: before };
        return { type: 'cron', expression: '* * * * *', timezone: 'UTC' };
      },
      nextRunAt: at < AFTER_FROM ? new Date().toISOString() : null,
    };
  });
}

/** Lets charts fail in turn, and their numbers change. */
async function disturb(simulator: SimulatorProcess, over: AbortSignal): Promise<void> {
  for (let round = 0; !over.aborted; round += 1) {
    const fault = FAULTS[round % FAULTS.length] ?? null;
    const source = (round * 7) % SOURCES;
    const chart = `bench-20x30-${source * CHARTS + 1 + (round % (CHARTS - 1))}`;
    await simulator.setFault(round % 5 === 0 && fault?.kind !== 'hang' ? '*' : chart, fault);
    if (round % 3 === 0) await simulator.restate('*');
    await delay(FAULT_EVERY_MS, undefined, { signal: over }).catch(() => undefined);
  }
}

/** Median of the resident memory in each minute, in bytes. */
async function watchMemory(service: ServiceProcess, minutes: number): Promise<number[]> {
  const medians: number[] = [];
  for (let minute = 0; minute < minutes; minute += 1) {
    const samples: number[] = [];
    const end = Date.now() + 60_000;
    while (Date.now() < end) {
      samples.push((await service.memory()).now);
      await delay(SAMPLE_EVERY_MS);
    }
    medians.push(median(samples));
    const heap = await service.metric('nodejs_heap_size_total_bytes');
    const objects = await service.metric('nodejs_heap_size_used_bytes');
    const external = await service.metric('nodejs_external_memory_bytes');
    console.log(
      `        minute ${minute + 1}: ${megabytes(median(samples))} resident, of it ${megabytes(heap)} of heap with ${megabytes(objects)} of objects, ${megabytes(external)} of buffers`,
    );
  }
  return medians;
}

/** Lets nothing new begin and waits for what goes on. Tells what did not end. */
async function settle(service: ServiceProcess, ids: readonly string[]): Promise<string[]> {
  for (const id of ids) await service.api('PATCH', `/sources/${id}`, { paused: true });
  const end = Date.now() + SETTLE_MS;
  for (;;) {
    const active = '/runs?limit=200&status=queued&status=running&status=canceling';
    const { items } = await service.api<{ items: readonly { id: string }[] }>('GET', active);
    if (items.length === 0) return [];
    if (Date.now() > end) return items.map(({ id }) => `run ${id} does not end`);
    await delay(500);
  }
}

/** Failed runs are expected; what Node.js itself says, errors of the service and answers of 500 are not. */
function isAlarming(line: string): boolean {
  if (!line.startsWith('{')) return line.trim() !== '';
  const { level } = JSON.parse(line);
  return level === 'error' || level === 'fatal' || level >= 50;
}
