/**
 * The main job, shown: saved charts of a simulated Amplitude, over real HTTP, become tables of a lake.
 * Runs the command line's own code, so that what one sees is what one gets.
 */
import { rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { runCommandLine } from '../src/cli/command-line.ts';
import { tone } from '../src/cli/terminal.ts';
import { startSimulator } from '../src/simulator/simulator.ts';

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

const folder = join(import.meta.dirname, '..', 'demo-lake');
const lake = relative(process.cwd(), folder) || '.';
rmSync(folder, { recursive: true, force: true });

const started = performance.now();
const simulator = await startSimulator({ latencyMs: 150 });
const [project] = simulator.projects;
const env = {
  ...process.env,
  AMPLITUDE_API_KEY: project?.apiKey,
  AMPLITUDE_SECRET_KEY: project?.secretKey,
};
const charts = [...Object.keys(CHARTS), DELETED];
const sync = [
  'sync',
  '--base-url',
  simulator.url,
  '--lake',
  lake,
  '--folder',
  'demo',
  '--chart',
  ...charts,
];

try {
  say(`A simulated Amplitude answers at ${simulator.url}. It has these charts, among others:`);
  for (const [id, what] of Object.entries(CHARTS)) console.log(`  ${id}  ${what}`);
  console.log(`  ${DELETED}  deleted last week, and still in the list`);

  say('The first run: each chart becomes a table. The deleted one fails and stops nobody.');
  await chartlift(sync, 1);

  simulator.restate(RESTATED);
  say(
    `Amplitude restates some of the past of ${RESTATED}. The second run finds that, and nothing else.`,
  );
  await chartlift(sync, 1);

  say('What the lake holds now. Every table is a Delta table that any engine reads:');
  await chartlift(['tables', '--lake', lake], 0);

  say('The versions of the restated chart, and what changed in number:');
  await chartlift(['history', '--lake', lake, `raw.chart_${RESTATED}`], 0);

  say('SQL over the tables: a chart beside what charts_metadata says of it.');
  await chartlift(
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
  say(`Done in ${((performance.now() - started) / 1000).toFixed(1)} s. The lake is in ${lake}.`);
  console.log(`Now with your own project:
  export AMPLITUDE_API_KEY=… AMPLITUDE_SECRET_KEY=…
  npm run -s chartlift -- sync --chart <id or address> --lake ./lake`);
} finally {
  await simulator.close();
}

function say(text: string): void {
  console.log(`\n${tone(process.stdout, 'strong', text)}\n`);
}

async function chartlift(args: readonly string[], expected: number): Promise<void> {
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
