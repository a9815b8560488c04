import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BUILT_MAIN } from '../scripts/built-part.ts';
import { ensureBuilt } from '../scripts/ensure-built.ts';
import { startSimulator } from '../src/simulator/simulator.ts';
import { type Measured, median } from './measured.ts';

const RUNS = 15;

/** How long the built command line takes to start. */
export async function benchStart(): Promise<Measured[]> {
  ensureBuilt('cli');
  const folder = await mkdtemp(join(tmpdir(), 'chartlift-bench-'));
  const simulator = await startSimulator();
  try {
    const lake = join(folder, 'lake');
    const [project] = simulator.projects;
    const child = spawn(
      process.execPath,
      [
        BUILT_MAIN,
        'sync',
        '--base-url',
        simulator.url,
        '--lake',
        lake,
        '--chart',
        'q7m2xk4p',
        'g4n8wl3r',
        's0p5vn7j',
      ],
      {
        env: {
          ...process.env,
          AMPLITUDE_API_KEY: project?.apiKey,
          AMPLITUDE_SECRET_KEY: project?.secretKey,
        },
        stdio: 'ignore',
      },
    );
    await once(child, 'close');
    const query =
      'SELECT title, count(*) FROM raw.chart_g4n8wl3r JOIN raw.charts_metadata USING (chart_id) GROUP BY ALL';
    const help = timeOf(['--help']);
    const sql = timeOf(['sql', '--lake', lake, query]);
    return [
      {
        what: 'chartlift --help',
        measured: `${Math.round(help)} ms`,
        promised: 'under 150 ms',
        kept: help < 150,
      },
      {
        what: 'chartlift sql on a small lake',
        measured: `${Math.round(sql)} ms`,
        promised: 'under 400 ms',
        kept: sql < 400,
      },
    ];
  } finally {
    await simulator.close();
    await rm(folder, { recursive: true });
  }
}

/** Median of some runs of the command line, in ms. */
function timeOf(args: readonly string[]): number {
  return median(
    Array.from({ length: RUNS }, () => {
      const started = performance.now();
      const { status, stderr } = spawnSync(process.execPath, [BUILT_MAIN, ...args]);
      if (status !== 0) throw new Error(`chartlift ${args.join(' ')}: ${stderr.toString()}`);
      return performance.now() - started;
    }),
  );
}
