import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inProcess, type Measured, seconds } from './measured.ts';

const CHARTS = 200;
const LATENCY_MS = 300;
/** Requests that Amplitude answers at once (DESIGN §3). */
const AT_ONCE = 5;

/** 200 charts at 300 ms each, against what five requests at once allow. */
export async function benchManyCharts(): Promise<Measured[]> {
  const folder = await mkdtemp(join(tmpdir(), 'chartlift-bench-'));
  try {
    const run = await inProcess('many-once.ts', [
      String(CHARTS),
      String(LATENCY_MS),
      join(folder, 'lake'),
    ]);
    const { ms = Number.NaN, refused = Number.NaN, maxConcurrent = Number.NaN } = run;
    const ideal = (CHARTS / AT_ONCE) * LATENCY_MS;
    return [
      {
        what: `${CHARTS} charts at ${LATENCY_MS} ms`,
        measured: `${(ms / ideal).toFixed(2)} × the ideal (${seconds(ms)} to ${seconds(ideal)}), ${refused} answers of 429, at most ${maxConcurrent} requests at once`,
        promised: 'at most 1.1 ×, no 429',
        kept: ms / ideal <= 1.1 && refused === 0,
      },
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}
