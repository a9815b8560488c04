/**
 * Process: syncs one answer into a new lake. Arguments: the answer's file, the lake's directory.
 * Prints the time from the first byte of the response to the committed version, and the peak memory.
 */
import { openLakeWriter } from '../src/catalog/lake-writer.ts';
import { systemClock } from '../src/clock.ts';
import { connectAmplitude } from '../src/context.ts';
import { amplitudeSpec } from '../src/source/amplitude/spec.ts';
import { planStreams } from '../src/sync/plan.ts';
import { runSync } from '../src/sync/run-sync.ts';
import { serveFile } from './file-server.ts';

const [answer = '', lake = ''] = process.argv.slice(2);
const server = await serveFile(answer);
const config = amplitudeSpec.parse({ api_key: 'a', secret_key: 'b', chart_ids: 'bench1' });
const connector = connectAmplitude(server.url);
const streams = connector.discover(config);
const writer = await openLakeWriter(lake, { runId: 'bench', create: true });
let started = 0;
const result = await runSync({
  connector,
  config,
  plan: planStreams(streams, { layer: 'raw', folder: null, prefix: '' }),
  writer,
  clock: systemClock,
  signal: new AbortController().signal,
  deadline: Number.POSITIVE_INFINITY,
  onEvent: (event) => {
    if (event.type === 'reading' && event.progress.phase === 'fetching' && started === 0) {
      started = performance.now();
    }
  },
});
const ms = performance.now() - started;
await writer.close();
await server.close();
const failed = result.streams.find((stream) => stream.error !== null);
if (failed) throw failed.error;
const rss = process.resourceUsage().maxRSS * 1024;
console.log(JSON.stringify({ ms, rss, rows: result.streams[0]?.rows }));
