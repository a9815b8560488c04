/**
 * The main job, shown: a service with a simulated Amplitude. A source is made through its API and run;
 * saved charts become tables over real HTTP. Runs the command line's own code, so that what one sees is
 * what one gets. Stays up for a look around, unless `--once` is given.
 */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { runCommandLine } from '../src/cli/command-line.ts';
import { tone } from '../src/cli/terminal.ts';
import { startChartlift } from '../src/context.ts';
import { createLogger } from '../src/logger.ts';
import { startSimulator } from '../src/simulator/simulator.ts';
import { ensureBuilt } from './ensure-built.ts';

const CHARTS = {
  q7m2xk4p: 'daily uniques, with a description',
  g4n8wl3r: 'grouped by country: 10 countries × 30 days = 300 rows',
  s0p5vn7j: 'user sessions by week',
  f2x9kc7w: 'a funnel over time, compared with the period before',
  r3d7uq5y: 'retention, with percents and asterisks',
  v9l4tm0a: 'lifetime value in dollars',
  d4t9ra2z: 'a data table with nested groups and a header of two rows',
  a5u2qo9t: 'commas, quotes, emoji and right-to-left text in values',
};
/** An id that no chart has: somebody deleted it. */
const DELETED = 'd3l3t3d0';
const RESTATED = 'g4n8wl3r';
const FAILING = 'r3d7uq5y';
const SOURCE = 'Growth';

const isOnce = process.argv.includes('--once');
const folder = join(import.meta.dirname, '..', 'demo-data');
const home = relative(process.cwd(), folder) || '.';
rmSync(folder, { recursive: true, force: true });

ensureBuilt('web');
const started = performance.now();
const simulator = await startSimulator({ latencyMs: 150 });
const [project] = simulator.projects;
const token = randomBytes(24).toString('hex');
const chartlift = await startChartlift({
  env: {
    ...process.env,
    CHARTLIFT_AMPLITUDE_BASE_URL: simulator.url,
    CHARTLIFT_API_TOKEN: token,
    CHARTLIFT_LAKE: undefined,
    DATABASE_URL: undefined,
  },
  home: folder,
  port: await freePort(4860),
  logger: createLogger({ level: 'error', destination: process.stderr }),
});
const env = {
  ...process.env,
  CHARTLIFT_URL: chartlift.url,
  CHARTLIFT_TOKEN: token,
  AMPLITUDE_API_KEY: project?.apiKey,
  AMPLITUDE_SECRET_KEY: project?.secretKey,
};

try {
  say(`A simulated Amplitude answers at ${simulator.url}. It has these charts, among others:`);
  for (const [id, what] of Object.entries(CHARTS)) console.log(`  ${id}  ${what}`);
  console.log(`  ${DELETED}  deleted last week, and still in the list`);
  say(`chartlift serves at ${chartlift.url}. Its data is in ${home}.`);

  say(
    'A source: each chart is checked before anything is saved, then it is run for the first time.',
  );
  const source = [
    'source',
    'create',
    '--name',
    SOURCE,
    '--description',
    'The metrics we agreed on',
  ];
  const place = ['--folder', 'growth', '--daily', '06:30', '--skip-failed', '--run'];
  await run([...source, ...place, '--chart', ...Object.keys(CHARTS), DELETED], 0);

  simulator.restate(RESTATED);
  simulator.setFault(FAILING, { kind: 'html', times: 1 });
  say(
    `Amplitude restates some of the past of ${RESTATED}, and answers with a web page for ${FAILING}. The next run finds both, and nothing else stops.`,
  );
  await run(['source', 'run', SOURCE, '--follow'], 1);

  say('What the lake holds now. Every table is a Delta table that any engine reads:');
  const lake = relative(process.cwd(), chartlift.service.lake);
  await run(['tables', '--lake', lake], 0);

  say('The versions of the restated chart, and what changed in number:');
  await run(['history', '--lake', lake, `raw.chart_${RESTATED}`], 0);

  say('SQL over the tables: a chart beside what charts_metadata says of it.');
  await run(
    [
      'sql',
      '--lake',
      lake,
      `SELECT m.title, m.metric, c.dimension_name, c.dimension_value, sum(c.value) AS total
         FROM raw.chart_${RESTATED} c JOIN raw.charts_metadata m USING (chart_id)
        GROUP BY ALL ORDER BY total DESC LIMIT 5`,
    ],
    0,
  );
  say(`Done in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
  if (!isOnce) await lookAround();
} finally {
  await chartlift.stop();
  await simulator.close();
}

async function lookAround(): Promise<void> {
  const keys = `AMPLITUDE_API_KEY=${project?.apiKey} AMPLITUDE_SECRET_KEY=${project?.secretKey}`;
  console.log(`The service goes on until Ctrl-C. Open the web app in a browser:

  ${chartlift.setupLink}

Make yourself the administrator there (the link holds once). ${SOURCE} is under Sources, its charts are
plotted in the Catalog, and "Add source" takes these:
  API key     ${project?.apiKey}
  secret key  ${project?.secretKey}
  chart IDs   w5k8zn1d m9r4yj6f k1y6fs9m c6s2gh8e
(a prefix keeps the new charts_metadata apart from that of ${SOURCE})

What the API does, each request with an example: ${chartlift.url}/api/docs

From another terminal, with the token of this demo:
  export CHARTLIFT_URL=${chartlift.url} CHARTLIFT_TOKEN=${token}
  npm run -s chartlift -- source show ${SOURCE}
  curl -H "Authorization: Bearer $CHARTLIFT_TOKEN" $CHARTLIFT_URL/api/v1/runs
  ${keys} PREFIX=again_ docs/examples/walk.sh q7m2xk4p g4n8wl3r

With your own project: npm start, or without a service:
  export AMPLITUDE_API_KEY=… AMPLITUDE_SECRET_KEY=…
  npm run -s chartlift -- sync --chart <id or address> --lake ./lake`);
  const stop = new AbortController();
  await Promise.race([
    once(process, 'SIGINT', { signal: stop.signal }),
    once(process, 'SIGTERM', { signal: stop.signal }),
  ]);
  stop.abort();
  say('Stopping.');
}

/** The usual port if nobody has it, so that the address is one to remember. */
async function freePort(usual: number): Promise<number> {
  const { createServer } = await import('node:net');
  const server = createServer();
  const { promise, resolve } = Promise.withResolvers<number>();
  server.once('error', () => resolve(0));
  server.listen(usual, '127.0.0.1', () => server.close(() => resolve(usual)));
  return promise;
}

function say(text: string): void {
  console.log(`\n${tone(process.stdout, 'strong', text)}\n`);
}

async function run(args: readonly string[], expected: number): Promise<void> {
  const shown = args.map((arg) => (/\s/.test(arg) ? `"${arg.replace(/\s+/g, ' ')}"` : arg));
  console.log(`${tone(process.stdout, 'quiet', '$')} chartlift ${shown.join(' ')}\n`);
  const code = await runCommandLine(args, {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    stdout: process.stdout,
    stderr: process.stderr,
    env,
    signal: new AbortController().signal,
  });
  if (code !== expected)
    throw new Error(`chartlift ${args[0]} ended with ${code}, not ${expected}`);
}
