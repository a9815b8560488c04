import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { SYSTEM_TABLES } from '../../web/explorer/system-tables.ts';
import { expectGone, expectVisible } from './kit/expect-visible.ts';
import { fileService } from './kit/file-service.ts';
import { type OpenAppOptions, type OpenedApp, openApp } from './kit/open-app.ts';
import { allowStatus } from './kit/page-problems.ts';
import { seedSource } from './kit/seeds.ts';
import { settled } from './kit/settled.ts';

/** Takes longer than anybody waits. */
const SLOW = 'SELECT max(sleep_ms(range)) FROM range(600000, 700000)';
const BUYERS = 'raw.chart_g4n8wl3r';

interface Explorer extends OpenedApp {
  readonly editor: Locator;
  readonly grid: Locator;
}

async function openExplorer(options: OpenAppOptions = {}): Promise<Explorer> {
  const app = await openApp({ path: '/explorer', ...options });
  const editor = app.page.getByRole('textbox', { name: 'SQL query' });
  await expectVisible(editor);
  return { ...app, editor, grid: app.page.getByRole('grid', { name: 'Result' }) };
}

/** Takes the place of what stands in the editor, and runs it. */
async function ask({ editor, page }: Explorer, query: string): Promise<void> {
  await editor.fill(query);
  await page.keyboard.press('ControlOrMeta+Enter');
}

/** The text of the editor, without what is not part of it. */
async function textOf(editor: Locator): Promise<string> {
  return (await editor.locator('.cm-line').allTextContents()).map((line) => line.trim()).join(' ');
}

async function cell(grid: Locator, row: number, column: number): Promise<string> {
  const found = grid.locator(`[aria-rowindex="${row + 1}"] [aria-colindex="${column + 1}"]`);
  return (await found.textContent())?.trim() ?? '';
}

describe('the Explorer before there are tables', () => {
  it('says what is missing, and answers questions about chartlift itself', async () => {
    const explorer = await openExplorer({ role: 'viewer' });
    const { page, grid, shot, checkAccessibility } = explorer;
    await expectVisible(page.getByText(/you need at least one successful source run/));
    await shot('explorer-without-tables');
    await checkAccessibility();
    await page.getByRole('button', { name: /^The last runs/ }).click();
    await expectVisible(page.getByText(/^0 rows in/).last());
    await expectVisible(grid);
    await page.getByRole('button', { name: 'Run', exact: true }).waitFor();
    expect(await textOf(explorer.editor)).toMatch(/^SELECT source, status/);
  });
});

describe('the Explorer', () => {
  beforeAll(async () => {
    await seedSource(await fileService());
  });

  it('completes tables and columns as they are typed, and shows exact values', async () => {
    const explorer = await openExplorer();
    const { page, editor, grid, shot, checkAccessibility } = explorer;
    await settled(page);
    await shot('explorer-start');
    await checkAccessibility();
    await editor.click();
    await page.keyboard.type('SELECT * FROM g4n8', { delay: 20 });
    const table = page.getByRole('option', { name: /raw\.chart_g4n8wl3r/ });
    await expectVisible(table);
    await expectVisible(table.getByText('Buyers by country'));
    await shot('explorer-completion');
    await checkAccessibility();
    await page.keyboard.press('Enter');
    await page.keyboard.type(' b WHERE b.dim', { delay: 20 });
    const column = page.getByRole('option', { name: 'dimension_value' });
    await expectVisible(column);
    await column.click();
    await page.keyboard.type(" = 'Germany' ORDER BY value DESC LIMIT 5", { delay: 5 });
    await page.keyboard.press('ControlOrMeta+Enter');
    await expectVisible(grid);
    await expectVisible(page.getByText(/^5 rows in/).last());

    const { body } = await explorer.service.api('POST', '/sql', {
      query: `SELECT segment, value FROM ${BUYERS} WHERE dimension_value = 'Germany' ORDER BY value DESC LIMIT 1`,
    });
    const [segment, value] = body.rows[0];
    expect(await cell(grid, 1, 4)).toBe(segment);
    expect(await cell(grid, 1, 5)).toBe(value.toLocaleString('en-US'));
    await shot('explorer-result');
    await checkAccessibility();
  });

  it('shows all digits of a number that no double holds', async () => {
    const explorer = await openExplorer();
    await ask(explorer, "SELECT 9007199254740993::BIGINT AS n, NULL AS nothing, 'ü' AS text");
    await expectVisible(explorer.grid);
    expect(await cell(explorer.grid, 1, 1)).toBe('9,007,199,254,740,993');
    expect(await cell(explorer.grid, 1, 3)).toBe('ü');
  });

  it('plots a result that is like a chart, and says so where nothing can be drawn', async () => {
    const explorer = await openExplorer();
    const { page, shot, checkAccessibility } = explorer;
    await ask(explorer, `SELECT dimension_value, segment, value FROM ${BUYERS}`);
    await page.getByText('Plot', { exact: true }).click();
    await expectVisible(page.getByRole('img', { name: /Result of the query/ }));
    await expectVisible(page.getByRole('button', { name: /Germany/ }));
    await shot('explorer-plot');
    await checkAccessibility();
    await ask(explorer, 'SELECT title FROM raw.charts_metadata');
    await expectVisible(page.getByText(/Nothing to (plot|draw)/i).first());
    await page.getByText('Rows', { exact: true }).click();
    await expectVisible(explorer.grid);
  });

  it('shows an error at its place, and leads there', async () => {
    const explorer = await openExplorer({ allow: allowStatus(422) });
    const { page, editor, shot, checkAccessibility } = explorer;
    await ask(explorer, `SELECT segment,\n  nope\nFROM ${BUYERS}`);
    const alert = page.getByRole('alert');
    await expectVisible(alert.getByText(/There is no column "nope"/));
    await expectVisible(editor.locator('.cm-lintRange-error', { hasText: 'nope' }));
    await shot('explorer-error');
    await checkAccessibility();
    await alert.getByRole('button', { name: 'Go to line 2, column 3' }).click();
    await page.keyboard.type('value');
    expect(await textOf(editor)).toBe(`SELECT segment, value FROM ${BUYERS}`);
    await expectVisible(alert.getByText('The query was changed since.'));
    await page.keyboard.press('Escape');
    await page.keyboard.press('ControlOrMeta+Enter');
    await expectVisible(explorer.grid);
    await expectGone(alert);
    await expectGone(editor.locator('.cm-lintRange-error'));
  });

  it('cancels a query that takes too long, and goes on with another', async () => {
    const explorer = await openExplorer();
    const { page, shot, checkAccessibility } = explorer;
    await ask(explorer, SLOW);
    await expectVisible(page.getByText(/^Running for \d+s$/));
    await shot('explorer-running');
    await checkAccessibility();
    const left = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/sql'));
    await page.getByRole('button', { name: 'Cancel' }).click();
    expect((await left).failure()?.errorText).toBe('net::ERR_ABORTED');
    await expectVisible(page.getByText('Canceled. The service stopped the query.').last());
    await shot('explorer-canceled');
    await checkAccessibility();
    await ask(explorer, 'SELECT 42 AS answer');
    await expectVisible(explorer.grid);
    expect(await cell(explorer.grid, 1, 1)).toBe('42');
  });

  it('keeps a history in this browser, which can be cleared', async () => {
    const explorer = await openExplorer({ allow: allowStatus(422) });
    const { page, editor, shot, checkAccessibility } = explorer;
    await ask(explorer, 'SELECT 1 AS first');
    await expectVisible(page.getByText(/^1 row in/).last());
    await ask(explorer, 'SELECT second');
    await expectVisible(page.getByRole('alert'));
    await page.getByRole('tab', { name: 'History' }).click();
    const side = page.getByRole('tabpanel', { name: 'History' });
    await expectVisible(side.getByRole('button', { name: /SELECT second.*failed/s }));
    await shot('explorer-history');
    await checkAccessibility();
    await page.reload();
    await page.getByRole('tab', { name: 'History' }).click();
    await side.getByRole('button', { name: /SELECT 1 AS first/ }).click();
    expect(await textOf(editor)).toBe('SELECT 1 AS first');
    await side.getByRole('button', { name: 'Clear history' }).click();
    const question = page.getByRole('dialog', { name: 'Clear the history?' });
    await question.getByRole('button', { name: 'Clear history' }).click();
    await expectVisible(side.getByText(/Queries that you run are kept here/));
    await page.reload();
    await page.getByRole('tab', { name: 'History' }).click();
    await expectVisible(side.getByText(/Queries that you run are kept here/));
  });

  it('opens the query of a link, and does not run it', async () => {
    const explorer = await openExplorer();
    const { page, context, editor, shot, checkAccessibility } = explorer;
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const query = "SELECT 'ü 🎟' AS text, 1 + 1 AS two";
    await editor.fill(query);
    await page.getByRole('button', { name: 'Copy link' }).click();
    await expectVisible(page.getByText('Link copied'));
    const link = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(link).toBe(page.url());

    const other = await context.newPage();
    const asked: string[] = [];
    other.on('request', (request) => asked.push(request.url()));
    await other.goto(link);
    const opened = other.getByRole('textbox', { name: 'SQL query' });
    await expectVisible(other.getByText('Ready to run'));
    expect(await textOf(opened)).toBe(query);
    expect(asked.filter((url) => url.endsWith('/api/v1/sql'))).toEqual([]);
    await other.close();

    // The address names the query only as long as it stands there.
    await editor.fill('SELECT mine');
    await page.waitForURL((url) => url.hash === '');
    await page.goto(link);
    await expectVisible(page.getByText('Ready to run'));
    expect(await textOf(editor)).toBe(query);
    await shot('explorer-link');
    await checkAccessibility();
  });

  it('gives back what made way for a link', async () => {
    const { page, editor } = await openExplorer();
    await editor.fill('SELECT mine');
    await page.evaluate("location.hash = 'q=U0VMRUNUIDQy'");
    await expectVisible(editor.getByText('SELECT 42'));
    await page.getByRole('button', { name: 'Bring it back' }).click();
    await expectVisible(editor.getByText('SELECT mine'));
    await page.reload();
    await expectVisible(page.getByText('Ready to run'));
    expect(await textOf(editor)).toBe('SELECT mine');
  });

  it('downloads all rows, not only those that are shown', async () => {
    const explorer = await openExplorer();
    const { page, shot } = explorer;
    await page.getByLabel('Rows at most').selectOption('100');
    await ask(explorer, 'SELECT i, i * 2 AS double FROM range(250) t(i) ORDER BY i');
    await expectVisible(page.getByText(/There are more rows: the first 100 are shown/));
    await page.getByRole('button', { name: 'Download' }).click();
    await shot('explorer-download');
    expect(await downloadOf(page, 'CSV')).toMatch(/^i,double\r?\n0,0\r?\n1,2\r?\n/);
    const text = await downloadOf(page, 'JSON lines', { open: true });
    const lines = text.trim().split('\n');
    expect(lines).toHaveLength(250);
    expect(JSON.parse(lines[249] ?? '')).toEqual({ i: 249, double: 498 });
  });

  it('lets go of a download that takes too long', async () => {
    const explorer = await openExplorer();
    const { page } = explorer;
    await page.getByLabel('Rows at most').selectOption('100');
    await ask(explorer, 'SELECT i, md5(i::VARCHAR) AS h FROM range(2000000000) t(i)');
    await expectVisible(page.getByText(/There are more rows/));
    await page.getByRole('button', { name: 'Download' }).click();
    await page.getByRole('menuitem', { name: 'Parquet' }).click();
    const left = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/export'));
    await page.getByRole('button', { name: 'Cancel the download' }).click();
    expect((await left).failure()?.errorText).toBe('net::ERR_ABORTED');
    await expectVisible(page.getByRole('button', { name: 'Download', exact: true }));
  });

  it('inserts tables and columns from its side', async () => {
    const explorer = await openExplorer();
    const { page, editor, grid } = explorer;
    await page.getByRole('textbox', { name: 'Search tables' }).fill('country');
    await expectGone(page.getByRole('button', { name: 'Insert raw.charts_metadata' }));
    await page.getByRole('button', { name: `Insert ${BUYERS}` }).click();
    expect(await textOf(editor)).toBe(`SELECT * FROM ${BUYERS} LIMIT 100`);
    await page.getByRole('button', { name: /Buyers by country/ }).click();
    await editor.fill('SELECT ');
    await page.getByRole('button', { name: /^dimension_value/ }).click();
    await page.keyboard.type(` FROM ${BUYERS}`);
    await page.keyboard.press('Escape');
    await page.keyboard.press('ControlOrMeta+Enter');
    await expectVisible(grid);
    expect(await textOf(editor)).toBe(`SELECT dimension_value FROM ${BUYERS}`);
  });

  it('lists the columns that the tables about chartlift itself have', async () => {
    const { api } = await fileService();
    for (const [table, columns] of Object.entries(SYSTEM_TABLES)) {
      const { body } = await api('POST', '/sql', { query: `FROM ${table} LIMIT 0` });
      expect(body.columns.map(({ name }: { name: string }) => name)).toEqual(columns);
    }
  });

  it('is left with Esc, then Tab; and its text survives a reload', async () => {
    const { page, editor } = await openExplorer();
    await editor.click();
    await page.keyboard.type('SELECT 1');
    await page.keyboard.press('Tab');
    expect(await textOf(editor)).toContain('SELECT 1');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    const focused = page.locator(':focus');
    expect(await focused.textContent()).toBe('Run');
    await page.reload();
    await expectVisible(page.getByText('Ready to run'));
    expect(await page.getByRole('button', { name: /^Run/ }).count()).toBe(1);
    expect(await textOf(editor)).toContain('SELECT 1');
  });

  it('is for viewers, on a telephone, in the dark', async () => {
    const explorer = await openExplorer({
      role: 'viewer',
      width: 360,
      height: 780,
      colorScheme: 'dark',
    });
    const { page, grid, shot, checkAccessibility } = explorer;
    await expectVisible(page.getByRole('listitem').getByRole('button').first());
    await shot('explorer-start-360-dark');
    await checkAccessibility();
    await page.getByRole('button', { name: 'Tables and history' }).click();
    const drawer = page.getByRole('dialog', { name: 'Tables and history' });
    await expectVisible(drawer.getByRole('button', { name: `Insert ${BUYERS}` }));
    await shot('explorer-tables-360-dark');
    await checkAccessibility();
    await drawer.getByRole('button', { name: `Insert ${BUYERS}` }).click();
    await expectGone(drawer);
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await expectVisible(grid);
    await shot('explorer-result-360-dark', { fullPage: true });
    await checkAccessibility();
    const width = await page.evaluate<number>('document.documentElement.scrollWidth');
    expect(width).toBeLessThanOrEqual(360);
  });
});

/** Chooses a format of the download menu; gives what the file holds. */
async function downloadOf(page: Page, format: string, { open = false } = {}): Promise<string> {
  if (open) await page.getByRole('button', { name: 'Download', exact: true }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: format }).click(),
  ]);
  return readFile(await download.path(), 'utf8');
}
