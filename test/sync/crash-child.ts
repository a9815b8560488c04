/**
 * Process: one sync that kills itself at a step. Arguments: the simulator's URL, the lake, the chart, the
 * step, or `none`. Prints each step that it passes.
 */
import { writeSync } from 'node:fs';
import { openLakeWriter } from '../../src/catalog/lake-writer.ts';
import { systemClock } from '../../src/clock.ts';
import { connectAmplitude } from '../../src/context.ts';
import { DEMO_PROJECTS } from '../../src/simulator/project.ts';
import { amplitudeSpec } from '../../src/source/amplitude/spec.ts';
import { planStreams } from '../../src/sync/plan.ts';
import { runSync } from '../../src/sync/run-sync.ts';

const [url = '', lake = '', chart = '', deadly = ''] = process.argv.slice(2);

function pass(step: string): void {
  // Written at once: what a killed process still buffers is lost.
  writeSync(1, `${step}\n`);
  if (step === deadly) process.kill(process.pid, 'SIGKILL');
}

const [shop] = DEMO_PROJECTS;
const config = amplitudeSpec.parse({
  api_key: shop?.apiKey,
  secret_key: shop?.secretKey,
  chart_ids: chart,
});
const connector = connectAmplitude(url);
const writer = await openLakeWriter(lake, {
  runId: `run-${process.pid}`,
  create: true,
  onStep: (step) => pass(`write:${step}`),
});
await runSync({
  connector,
  config,
  plan: planStreams(connector.discover(config), { layer: 'raw', folder: null, prefix: '' }),
  writer,
  clock: systemClock,
  signal: new AbortController().signal,
  deadline: Number.POSITIVE_INFINITY,
  onEvent: (event) => {
    if (event.type === 'reading') pass(`read:${event.progress.phase}`);
    else if (event.type === 'state') pass(`state:${event.state}`);
    else pass(`run:${event.type}`);
  },
});
await writer.close();
