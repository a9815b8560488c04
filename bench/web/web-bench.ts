import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { CHROMIUM_FLAGS, ensureChromium, isRoot } from '../../scripts/chromium.ts';
import { ensureBuilt } from '../../scripts/ensure-built.ts';
import { type Measured, median } from '../measured.ts';
import { type ConfiguredSource, configureSources } from '../service/configured-sources.ts';
import { makeTable, ONE_TABLE } from '../service/one-table.ts';
import { type ServiceProcess, withServiceProcess } from '../service/service-process.ts';

/** Rows × days of the charts: ten records, and ten millions. */
const CHARTS = { ten: [1, 10], tenMillion: [27_400, 365] } as const;
/** As many as the Sources page lists at once. */
const SOURCES_LISTED = 25;
/** As many as its row draws of each. */
const RUNS_SHOWN = 10;
const OPENINGS = 10;
const WHEEL_TURNS = 360;
const WHEEL_PX = 48;
/** 60 a second. */
const FRAME_MS = 1000 / 60;

/** What is there when a page can be used: a table's plot and its first rows. */
const TABLE = `document.querySelector('canvas') && document.querySelector('[role=gridcell]')`;
const SOURCES = `document.querySelectorAll('main tbody tr').length === ${SOURCES_LISTED} && !document.querySelector('.mantine-Skeleton-root, [aria-busy=true]')`;

/** Notes when each frame begins, for \`frames\`. */
const WATCH_FRAMES = `(() => {
  globalThis.frames = [];
  const note = (at) => { frames.push(at); requestAnimationFrame(note); };
  requestAnimationFrame(note);
})()`;

/** The web app in Chromium, over services of its own: how soon pages are there, and how they scroll. */
export async function benchWeb(): Promise<Measured[]> {
  ensureBuilt('web');
  const folder = await mkdtemp(join(tmpdir(), 'chartlift-bench-'));
  const browser = await chromium.launch({
    executablePath: ensureChromium(),
    args: [...CHROMIUM_FLAGS],
    chromiumSandbox: !isRoot(),
  });
  try {
    const ten = await makeTable(join(folder, 'ten'), ...CHARTS.ten);
    await configureSources(
      ten,
      Array.from({ length: SOURCES_LISTED }, (_, at) => sourceAt(at)),
    );
    const tenMillion = await makeTable(join(folder, 'ten-million'), ...CHARTS.tenMillion);
    return await withServiceProcess(ten, (small) =>
      withServiceProcess(tenMillion, async (large) => [
        await timeSources(browser, small),
        await compareTables(browser, small, large),
        await timeScrolling(browser, large),
      ]),
    );
  } finally {
    await browser.close();
    await rm(folder, { recursive: true });
  }
}

function sourceAt(place: number): ConfiguredSource {
  return {
    name: `Source ${place + 1}`,
    apiKey: 'bench-api-key',
    secretKey: 'bench-secret-key',
    charts: ['bench1', 'bench2', 'bench3'],
    trigger: () => ({ type: 'daily', time: '03:00', timezone: 'UTC' }),
    nextRunAt: '2100-01-01T00:00:00.000Z',
    runs: RUNS_SHOWN,
  };
}

/** A new window that nothing is kept for yet; its requests have the token that the service has. */
async function openWindow(browser: Browser, service: ServiceProcess): Promise<Page> {
  const context = await browser.newContext({
    baseURL: service.url,
    extraHTTPHeaders: service.headers,
    viewport: { width: 1280, height: 800 },
  });
  return context.newPage();
}

/** Opens an address. Returns how long it took until what is waited for was drawn, in ms. */
async function open(page: Page, path: string, awaited: string): Promise<number> {
  await page.goto(path, { waitUntil: 'commit' });
  return page.evaluate<number>(`new Promise((resolve) => {
    const look = (at) => (${awaited} ? requestAnimationFrame(resolve) : requestAnimationFrame(look));
    look();
  })`);
}

async function timeSources(browser: Browser, service: ServiceProcess): Promise<Measured> {
  const first: number[] = [];
  const again: number[] = [];
  for (let opening = 0; opening < OPENINGS; opening += 1) {
    const page = await openWindow(browser, service);
    first.push(await open(page, '/sources', SOURCES));
    again.push(await open(page, '/sources', SOURCES));
    await page.context().close();
  }
  return {
    what: `Sources in a browser that has nothing of it yet, until its ${SOURCES_LISTED} rows with ${RUNS_SHOWN} runs each are there`,
    measured: `median ${whole(median(first))}, most ${whole(Math.max(...first))} of ${OPENINGS}; again ${whole(median(again))}`,
    promised: 'under 1 s',
    kept: median(first) < 1000,
  };
}

async function compareTables(
  browser: Browser,
  small: ServiceProcess,
  large: ServiceProcess,
): Promise<Measured> {
  const path = `/catalog/${ONE_TABLE}`;
  const times = { small: [] as number[], large: [] as number[] };
  for (let opening = 0; opening < OPENINGS; opening += 1) {
    for (const [key, service] of [
      ['small', small],
      ['large', large],
    ] as const) {
      const page = await openWindow(browser, service);
      times[key].push(await open(page, path, TABLE));
      await page.context().close();
    }
  }
  const ratio = median(times.large) / median(times.small);
  return {
    what: `the page of a table of ${CHARTS.tenMillion[0] * CHARTS.tenMillion[1]} rows until its plot and rows are there, against one of ten`,
    measured: `${ratio.toFixed(2)} × (median ${whole(median(times.large))} to ${whole(median(times.small))}, most ${whole(Math.max(...times.large))} and ${whole(Math.max(...times.small))} of ${OPENINGS})`,
    promised: 'as fast: at most 1.2 ×',
    kept: ratio <= 1.2,
  };
}

async function timeScrolling(browser: Browser, service: ServiceProcess): Promise<Measured> {
  const page = await openWindow(browser, service);
  await open(page, `/catalog/${ONE_TABLE}`, TABLE);
  await page.getByRole('gridcell').first().hover();
  const client = await page.context().newCDPSession(page);
  await client.send('Performance.enable');
  const busyMs = async () => {
    const { metrics } = await client.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000;
  };
  const before = await busyMs();
  await page.evaluate(WATCH_FRAMES);
  for (let turn = 0; turn < WHEEL_TURNS; turn += 1) await page.mouse.wheel(0, WHEEL_PX);
  const frames = await page.evaluate<number[]>('frames');
  const scrolled = await page.evaluate<number>(`document.querySelector('[role=grid]').scrollTop`);
  if (scrolled !== WHEEL_TURNS * WHEEL_PX)
    throw new Error(`the grid was scrolled by ${scrolled} px`);
  const busy = (await busyMs()) - before;
  const gaps = frames.slice(1).map((at, index) => at - (frames[index] ?? at));
  const seconds = ((frames.at(-1) ?? 0) - (frames[0] ?? 0)) / 1000;
  const perSecond = gaps.length / seconds;
  await page.context().close();
  return {
    what: `frames a second while the grid is scrolled by ${WHEEL_TURNS * WHEEL_PX} px`,
    measured: `${perSecond.toFixed(1)} in ${seconds.toFixed(1)} s, median ${median(gaps).toFixed(1)} ms between two, most ${Math.max(...gaps).toFixed(1)}; main thread ${(busy / gaps.length).toFixed(1)} ms for each`,
    promised: '60',
    kept: median(gaps) <= FRAME_MS * 1.05 && perSecond >= 57,
  };
}

const whole = (ms: number): string => `${Math.round(ms)} ms`;
