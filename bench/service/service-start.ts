import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Measured, median, megabytes } from '../measured.ts';
import { startServiceProcess } from './service-process.ts';

const STARTS = 7;
const IDLE_MS = 10_000;

/** From the start of the built `chartlift serve` to its first answer, and its memory when idle. */
export async function benchServiceStart(): Promise<Measured[]> {
  const folder = await mkdtemp(join(tmpdir(), 'chartlift-bench-'));
  try {
    const first: number[] = [];
    for (let start = 0; start < STARTS; start += 1) {
      const service = await startServiceProcess({ home: join(folder, `home-${start}`) });
      first.push(service.startMs);
      await service.stop();
    }
    const again: number[] = [];
    for (let start = 0; start < STARTS; start += 1) {
      const service = await startServiceProcess({ home: join(folder, 'home-0') });
      again.push(service.startMs);
      await service.stop();
    }
    const service = await startServiceProcess({ home: join(folder, 'home-0') });
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
