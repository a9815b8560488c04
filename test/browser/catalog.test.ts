import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { runToEnd } from '../service/running-service.ts';
import { expectGone, expectVisible } from './kit/expect-visible.ts';
import { fileService } from './kit/file-service.ts';
import { openApp } from './kit/open-app.ts';
import { allowStatus } from './kit/page-problems.ts';
import { seedSource } from './kit/seeds.ts';
import { settled } from './kit/settled.ts';

/** A daily line, lines by country, and bars: of the simulated Amplitude. */
const [LINE, COUNTRIES, BARS] = ['q7m2xk4p', 'g4n8wl3r', 'v9l4tm0a'];
const line = `/catalog/raw/chart_${LINE}`;

describe('the catalog before the first successful run', () => {
  it('says what is missing, and leads there', async () => {
    const { page, shot, checkAccessibility } = await openApp({ path: '/catalog' });
    await expectVisible(page.getByText('Your catalog is empty'));
    await expectVisible(page.getByText(/you need at least one successful source run/));
    await shot('catalog-empty');
    await checkAccessibility();
    await page.getByRole('link', { name: 'Go to Sources' }).click();
    await expectVisible(page.getByRole('heading', { level: 1, name: 'Sources' }));
  });
});

describe('the catalog', () => {
  beforeAll(async () => {
    const service = await fileService();
    const charts = [LINE, COUNTRIES, BARS];
    const source = await seedSource(service, { charts, fields: { folder: 'growth' } });
    service.simulator.restate(LINE);
    await runToEnd(service, source.id);
  });

  it('shows layers, folders and tables as a tree, and finds tables by their titles', async () => {
    const { page, shot, checkAccessibility } = await openApp({ path: '/catalog' });
    const tree = page.getByRole('navigation', { name: 'Tables' });
    await expectVisible(tree.getByRole('button', { name: 'Raw 4' }));
    await expectVisible(tree.getByRole('button', { name: 'Trusted 0' }));
    await expectVisible(page.getByRole('cell', { name: /Daily buyers/ }));
    await shot('catalog-home');
    await checkAccessibility();
    await tree.getByRole('button', { name: 'growth 4' }).click();
    await expectGone(tree.getByRole('link', { name: /Daily buyers/ }));
    await page.getByRole('textbox', { name: 'Search tables' }).fill('country');
    await expectVisible(page.getByText('1 table found'));
    await shot('catalog-search');
    await tree.getByRole('link', { name: /Buyers by country/ }).click();
    await expectVisible(page.getByRole('heading', { level: 1, name: 'Buyers by country' }));
    const path = page.getByRole('navigation', { name: 'Where it is' });
    await expectVisible(path.getByText('Raw', { exact: true }));
    await page.getByRole('textbox', { name: 'Search tables' }).fill('zebra');
    await expectVisible(page.getByText('No table matches “zebra”.'));
    await page.getByRole('button', { name: 'Clear the search' }).click();
    await expectVisible(tree.getByRole('button', { name: 'Raw 4' }));
  });

  it('plots a time series as lines, with zoom, legend and an image to keep', async () => {
    const { page, shot, checkAccessibility } = await openApp({
      path: `/catalog/raw/chart_${COUNTRIES}`,
    });
    const plot = page.getByRole('img', { name: /^Lines over time: Buyers by country/ });
    await expectVisible(plot);
    const whole = await drawn(plot);
    const caption = page.getByText(/^By Country · /);
    const dates = await caption.textContent();
    const showAll = page.getByRole('button', { name: 'Show all' });
    expect(await showAll.getAttribute('aria-disabled')).toBe('true');
    await shot('catalog-plot-lines', { fullPage: true });
    await checkAccessibility();
    await page.getByRole('button', { name: 'Zoom in' }).click();
    await expect.poll(() => drawn(plot)).not.toBe(whole);
    expect(await caption.textContent()).not.toBe(dates);
    await showAll.click();
    await expect.poll(() => drawn(plot)).toBe(whole);
    expect(await caption.textContent()).toBe(dates);
    await plot.hover({ position: { x: 560, y: 120 } });
    await expectVisible(page.getByText('no value').or(plot.getByText('Brazil')).first());
    await shot('catalog-plot-tooltip');
    await page.mouse.move(0, 0);
    const brazil = page.getByRole('button', { name: 'Brazil' });
    await brazil.click();
    expect(await brazil.getAttribute('aria-pressed')).toBe('false');
    await expect.poll(() => drawn(plot)).not.toBe(whole);
    const image = await downloadOf(page, () =>
      page.getByRole('button', { name: 'Download image' }).click(),
    );
    expect(image.name).toBe('Buyers-by-country.png');
    await expectVisible(page.getByText('The image was saved as Buyers-by-country.png.'));
    expect(image.bytes.subarray(1, 4).toString('latin1')).toBe('PNG');
    expect(image.bytes.length).toBeGreaterThan(20_000);
  });

  it('plots categories as bars', async () => {
    const { page, shot, checkAccessibility } = await openApp({
      path: `/catalog/raw/chart_${BARS}`,
    });
    const plot = page.getByRole('img', { name: /^Bars: Lifetime revenue of new buyers/ });
    await expectVisible(plot);
    expect(await drawn(plot)).not.toBe('');
    await shot('catalog-plot-bars');
    await checkAccessibility();
  });

  it('says how fresh a table is and where it comes from, and its rows can be copied', async () => {
    const { page, context, service, shot } = await openApp({ path: line });
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: service.url });
    await expectVisible(page.getByText(/^\d+ seconds ago$|^just now$/).first());
    await expectVisible(page.getByRole('main').getByRole('link', { name: 'Growth', exact: true }));
    const chart = page.getByRole('link', { name: /Open in Amplitude/ });
    expect(await chart.getAttribute('href')).toBe(`https://analytics.amplitude.com/chart/${LINE}`);
    const grid = page.getByRole('grid', { name: `raw.chart_${LINE}` });
    const { rows } = (await service.api('GET', `/tables/raw/chart_${LINE}/preview`)).body;
    // Types are called as in the tab of the columns.
    const { columns } = (await service.api('GET', `/tables/raw/chart_${LINE}`)).body;
    expect(await grid.getByRole('columnheader').allTextContents()).toEqual([
      '#',
      ...columns.map(({ name, type }: Column) => `${name}${type}`),
    ]);
    await grid.getByRole('gridcell').first().click();
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Shift+End');
    await shot('catalog-grid-selected', { fullPage: true });
    await page.keyboard.press('Control+c');
    await expectVisible(page.getByText('Copied 10 cells'));
    const copied = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(copied).toBe(
      rows
        .slice(0, 2)
        .map((row: unknown[]) => row.join('\t'))
        .join('\n'),
    );
  });

  it('lets the wheel move the page at the ends of the rows', async () => {
    const { page, shot } = await openApp({ path: line });
    const grid = page.getByRole('grid', { name: `raw.chart_${LINE}` });
    await expectVisible(grid.getByRole('gridcell').first());
    await page.evaluate('scrollTo(0, document.body.scrollHeight)');
    const scrolled = () => page.evaluate<number>('scrollY');
    const before = await scrolled();
    await grid.hover();
    await shot('catalog-grid-more');
    await page.mouse.wheel(0, -200);
    await expect.poll(scrolled).toBeLessThan(before);
  });

  it('tells what each column holds', async () => {
    const { page, service, shot, checkAccessibility } = await openApp({ path: line });
    const { body } = await service.api('GET', `/tables/raw/chart_${LINE}/statistics`);
    const [dates, numbers] = ['segment', 'value'].map((name) =>
      body.columns.find((column: { name: string }) => column.name === name),
    );
    expect(dates.distinct).toBe(30);
    await page.getByRole('tab', { name: 'Columns' }).click();
    await expect.poll(() => page.title()).toBe('Columns · Daily buyers · chartlift');
    // How many numbers there are differs from day to day: two days may have the same.
    for (const { name, distinct } of [dates, numbers]) {
      const row = page.getByRole('row', { name: new RegExp(`^${name}`) });
      await expectVisible(row.getByRole('cell', { name: String(distinct), exact: true }));
    }
    const region = page.getByRole('region', { name: 'Columns' });
    expect(await region.evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0);
    await shot('catalog-columns');
    await checkAccessibility();
  });

  it('keeps versions with their rows, and looks at an older one', async () => {
    const { page, shot, checkAccessibility } = await openApp({ path: `${line}?tab=versions` });
    const older = page.getByRole('row', { name: /^0 / });
    await expectVisible(older);
    expect(await older.getByRole('cell').nth(1).textContent()).toBe('30');
    const latest = page.getByRole('row', { name: /^1 ?Latest/i });
    const changed = Number(await latest.getByRole('cell').nth(4).textContent());
    expect(changed).toBeGreaterThan(0);
    await shot('catalog-versions');
    await checkAccessibility();
    await older.getByRole('button', { name: 'Look at it: version 0' }).click();
    await expectVisible(page.getByText('You look at version 0, not the latest'));
    await expectVisible(page.getByRole('img', { name: /^Lines over time/ }));
    expect(new URL(page.url()).search).toBe('?version=0');
    await shot('catalog-older-version');
    await checkAccessibility();
    await page.getByRole('button', { name: 'Back to the latest' }).click();
    await expectGone(page.getByText('You look at version 0, not the latest'));
    await page.getByLabel('Version to look at').selectOption('0');
    await expectVisible(page.getByText('You look at version 0, not the latest'));
  });

  it('has the code that reads a table from DuckDB, Python and Spark, ready to copy', async () => {
    const { page, context, service, shot, checkAccessibility } = await openApp({
      path: `${line}?tab=use`,
    });
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: service.url });
    await page.getByRole('button', { name: 'Copy: DuckDB' }).click();
    const copied = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(copied).toContain(`delta_scan('<lake>/raw/chart_${LINE}')`);
    await expectVisible(page.getByText(`DeltaTable("<lake>/raw/chart_${LINE}")`));
    await expectVisible(page.getByText('spark.read.format("delta")'));
    await shot('catalog-use', { fullPage: true });
    await checkAccessibility();
  });

  it('gives all rows of a version as a file', async () => {
    const { page, service, shot, checkAccessibility } = await openApp({ path: line });
    await page.getByRole('button', { name: 'Download', exact: true }).click();
    const csv = page.getByRole('menuitem', { name: 'CSV' });
    await expectVisible(csv);
    await settled(page);
    await shot('catalog-download');
    await checkAccessibility();
    const file = await downloadOf(page, () => csv.click());
    expect(file.name).toMatch(new RegExp(`chart_${LINE}.*\\.csv$`));
    const { rows, columns } = (await service.api('GET', `/tables/raw/chart_${LINE}/preview`)).body;
    const lines = file.bytes.toString('utf8').trim().split(/\r?\n/);
    expect(lines[0]).toBe(columns.map(({ name }: Column) => name).join(','));
    expect(lines.slice(1).map((text) => Number(text.split(',').at(-1)))).toEqual(
      rows.map((row: unknown[]) => row.at(-1)),
    );
  });

  it('says when a table is not there', async () => {
    const { page, shot, checkAccessibility } = await openApp({
      path: '/catalog/raw/nothing_here',
      allow: allowStatus(404),
    });
    await expectVisible(page.getByRole('alert'));
    await expectVisible(page.getByRole('link', { name: 'Back to the catalog' }));
    await shot('catalog-missing');
    await checkAccessibility();
  });

  it('moves nothing while it loads for those who asked for less motion', async () => {
    const { page, goto } = await openApp({ path: '/icon.svg' });
    const { promise: isRead, resolve: read } = Promise.withResolvers<void>();
    await page.route('**/api/v1/layers*', async (route) => {
      await isRead;
      await route.continue();
    });
    await goto('/catalog');
    const moving = () =>
      page.evaluate<number>(
        "document.getAnimations().filter(({ playState }) => playState === 'running').length",
      );
    await expectVisible(page.locator('.mantine-Skeleton-root').first());
    expect(await moving()).toBe(0);
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    expect(await moving()).toBeGreaterThan(0);
    read();
  });

  it('fits a phone, where the tree is behind a button', async () => {
    const phone = await openApp({ path: `/catalog/raw/chart_${COUNTRIES}`, width: 360 });
    await expectVisible(phone.page.getByRole('img', { name: /^Lines over time/ }));
    expect(await overflow(phone.page)).toBe(0);
    await phone.shot('catalog-table-360', { fullPage: true });
    await phone.checkAccessibility();
    await phone.page.getByRole('tab', { name: 'Versions' }).click();
    await expectVisible(phone.page.getByRole('row', { name: /Latest/i }));
    expect(await overflow(phone.page)).toBe(0);
    await phone.shot('catalog-versions-360');
    await phone.page.getByRole('button', { name: 'Browse tables' }).click();
    await phone.page
      .getByRole('dialog')
      .getByRole('link', { name: /Daily buyers/ })
      .click();
    await expectVisible(phone.page.getByRole('heading', { level: 1, name: 'Daily buyers' }));
  });
});

interface Column {
  readonly name: string;
  readonly type: string;
}

/** What a plot's canvas shows, as a text that is equal for equal pictures; empty for none. */
async function drawn(plot: Locator): Promise<string> {
  return plot.evaluate((element) => element.querySelector('canvas')?.toDataURL() ?? '');
}

async function downloadOf(page: Page, act: () => Promise<void>) {
  const [download] = await Promise.all([page.waitForEvent('download'), act()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

/** By how many px the page is wider than its window. */
function overflow(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - innerWidth');
}
