/**
 * Process: syncs many small charts of a simulated Amplitude, which runs in a process of its own.
 * Arguments: how many, the latency in ms, the lake's directory. Prints the time of the whole run.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { z } from 'zod';
import { openLakeWriter } from '../src/catalog/lake-writer.ts';
import { systemClock } from '../src/clock.ts';
import { connectAmplitude } from '../src/context.ts';
import { amplitudeSpec } from '../src/source/amplitude/spec.ts';
import { planStreams } from '../src/sync/plan.ts';
import { runSync } from '../src/sync/run-sync.ts';

const Stats = z.object({ refused: z.number(), maxConcurrent: z.number() });

const [charts = '', latency = '', lake = ''] = process.argv.slice(2);
const program = `
  import { startSimulator } from ${JSON.stringify(join(import.meta.dirname, '../src/simulator/simulator.ts'))};
  const simulator = await startSimulator({ latencyMs: ${Number(latency)} });
  const [project] = simulator.projects;
  console.log(JSON.stringify({ url: simulator.url, ...project }));`;
const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const [line] = await once(child.stdout.setEncoding('utf8'), 'data');
const { url, apiKey, secretKey } = JSON.parse(String(line));
const config = amplitudeSpec.parse({
  api_key: apiKey,
  secret_key: secretKey,
  chart_ids: Array.from({ length: Number(charts) }, (_, at) => `bench-10x30-${at + 1}`),
});
const connector = connectAmplitude(url);
const plan = planStreams(connector.discover(config), { layer: 'raw', folder: null, prefix: '' });
const started = performance.now();
const writer = await openLakeWriter(lake, { runId: 'bench', create: true });
const result = await runSync({
  connector,
  config,
  plan,
  writer,
  clock: systemClock,
  signal: new AbortController().signal,
  deadline: Number.POSITIVE_INFINITY,
  onEvent: () => undefined,
});
await writer.close();
const ms = performance.now() - started;
const stats = await fetch(`${url}/simulator/stats`);
const { refused, maxConcurrent } = Stats.parse(await stats.json());
child.kill();
const failed = result.streams.find((stream) => stream.error !== null);
if (failed) throw failed.error;
console.log(JSON.stringify({ ms, refused, maxConcurrent }));
