import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Measured, median, megabytes } from '../measured.ts';
import { startServiceProcess } from './service-process.ts';

const STARTS = 7;
const IDLE_MS = 10_000;
const root = join(import.meta.dirname, '..', '..');

/** From the start of the built `chartlift serve` to its first answer, and its memory when idle. */
export async function benchServiceStart(): Promise<Measured[]> {
  const build = spawnSync('npm', ['run', '-s', 'build'], { cwd: root, stdio: 'inherit' });
  if (build.status !== 0) throw new Error('the build failed');
  const folder = await mkdtemp(join(tmpdir(), 'chartlift-bench-'));
  try {
    const main = join(root, 'dist/cli/main.js');
    const first: number[] = [];
    for (let start = 0; start < STARTS; start += 1) {
      const service = await startServiceProcess({ home: join(folder, `home-${start}`), main });
      first.push(service.startMs);
      await service.stop();
    }
    const again: number[] = [];
    for (let start = 0; start < STARTS; start += 1) {
      const service = await startServiceProcess({ home: join(folder, 'home-0'), main });
      again.push(service.startMs);
      await service.stop();
    }
    const service = await startServiceProcess({ home: join(folder, 'home-0'), main });
    await delay(IDLE_MS);
    const { now } = await service.memory();
    await service.stop();
    return [
      {
        what: 'first answer of chartlift serve, its data folder new',
        measured: `${Math.round(median(first))} ms (median of ${STARTS})`,
        promised: 'under 1 s',
        kept: median(first) < 1_000,
      },
      {
        what: 'first answer of chartlift serve, started again',
        measured: `${Math.round(median(again))} ms (median of ${STARTS})`,
        promised: 'under 1 s',
        kept: median(again) < 1_000,
      },
      {
        what: 'idle memory after 10 s',
        measured: megabytes(now),
        promised: 'under 200 MB',
        kept: now < 200e6,
      },
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}
