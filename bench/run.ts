/**
 * Measures what the issue promises and prints it; `npm run bench -- large small` runs only those.
 * Every measured piece of work runs in a process of its own, so that its peak memory is its own.
 */
import { cpus, totalmem } from 'node:os';
import { benchCommits } from './commits.ts';
import { benchGrowth } from './growth.ts';
import { benchLargeChart } from './large-chart.ts';
import { benchManyCharts } from './many-charts.ts';
import { SERVICE_BENCHES } from './service/service-benches.ts';
import { benchStart } from './start.ts';
import { benchWeb } from './web/web-bench.ts';

const BENCHES = {
  large: benchLargeChart,
  growth: benchGrowth,
  many: benchManyCharts,
  commits: benchCommits,
  start: benchStart,
  ...SERVICE_BENCHES,
  web: benchWeb,
};

const wanted = process.argv.slice(2);
const [cpu] = cpus();
console.log(
  `Node.js ${process.version}, ${cpus().length} × ${cpu?.model ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB of memory, ${process.platform}\n`,
);
let failed = 0;
for (const [name, bench] of Object.entries(BENCHES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  for (const { what, measured, promised, kept } of await bench()) {
    console.log(`${kept ? 'ok    ' : 'MISSED'}  ${what}: ${measured} (promised: ${promised})`);
    if (!kept) failed += 1;
  }
  console.log();
}
process.exitCode = failed === 0 ? 0 : 1;
