import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Measured, megabytes, seconds } from '../measured.ts';
import { percentile, timeRequests } from './latency.ts';
import { makeTable, ONE_TABLE } from './one-table.ts';
import { type ServiceProcess, withServiceProcess } from './service-process.ts';

const DAYS = 365;
/** Rows of the charts, which make a million records and ten millions. */
const CHARTS = { million: 2_740, tenMillion: 27_400 };
const PREVIEWS = 200;
const FORMATS = ['csv', 'jsonl', 'parquet', 'arrow'] as const;
const TABLE = `/tables/${ONE_TABLE}`;

interface Export {
  readonly ms: number;
  readonly bytes: number;
  /** Resident memory at most, in bytes. */
  readonly peak: number;
  /** The same before. */
  readonly idle: number;
}

/** Previews and exports of a table of ten million rows, over HTTP. */
export async function benchServicePreview(): Promise<Measured[]> {
  const folder = await mkdtemp(join(tmpdir(), 'chartlift-bench-'));
  try {
    const million = await makeTable(join(folder, 'million'), CHARTS.million, DAYS);
    const tenMillion = await makeTable(join(folder, 'ten-million'), CHARTS.tenMillion, DAYS);
    const measured = await withServiceProcess(tenMillion, timePreviews);
    for (const format of FORMATS) {
      const small = await withServiceProcess(million, (service) => exportTable(service, format));
      const large = await withServiceProcess(tenMillion, (service) => exportTable(service, format));
      const growth = large.peak / small.peak;
      measured.push({
        what: `export of ${CHARTS.tenMillion * DAYS} rows as ${format}, peak memory against a tenth of the rows`,
        measured: `${growth.toFixed(2)} × (${megabytes(large.peak)} to ${megabytes(small.peak)}, idle ${megabytes(large.idle)}; ${megabytes(large.bytes)} in ${seconds(large.ms)})`,
        promised: 'constant: at most 1.2 ×',
        kept: growth <= 1.2,
      });
    }
    return measured;
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function timePreviews(service: ServiceProcess): Promise<Measured[]> {
  const ask = async () => {
    const { status, text } = await service.ask('GET', `${TABLE}/preview`);
    if (status !== 200) throw new Error(`${status} ${text}`);
  };
  const first = performance.now();
  await ask();
  const firstMs = performance.now() - first;
  const alone = await timeRequests({ count: 1, requests: PREVIEWS, pauseMs: 0, ask });
  const p95 = percentile(alone.times, 0.95);
  const several = await timeRequests({ count: 10, requests: 20, pauseMs: 200, ask });
  const p95OfSeveral = percentile(several.times, 0.95);
  return [
    {
      what: `preview of ${CHARTS.tenMillion * DAYS} rows, one client`,
      measured: `p95 ${p95.toFixed(0)} ms, median ${percentile(alone.times, 0.5).toFixed(0)} ms; the first one, which starts the engine, ${firstMs.toFixed(0)} ms`,
      promised: 'p95 under 150 ms',
      kept: p95 < 150,
    },
    {
      what: 'the same, 10 clients with 50 requests a second',
      measured: `p95 ${p95OfSeveral.toFixed(0)} ms, median ${percentile(several.times, 0.5).toFixed(0)} ms`,
      promised: 'p95 under 150 ms',
      kept: p95OfSeveral < 150,
    },
  ];
}

async function exportTable(service: ServiceProcess, format: string): Promise<Export> {
  await service.ask('GET', `${TABLE}/preview`);
  const { now: idle } = await service.memory();
  const started = performance.now();
  const url = `${service.url}/api/v1${TABLE}/export?format=${format}`;
  const response = await fetch(url, { headers: service.headers });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  let bytes = 0;
  for await (const chunk of response.body ?? []) bytes += chunk.length;
  const ms = performance.now() - started;
  const { peak } = await service.memory();
  return { ms, bytes, peak, idle };
}
