import { beforeAll, describe, expect, it } from 'vitest';
import { expectGone, expectVisible } from './kit/expect-visible.ts';
import { fileService } from './kit/file-service.ts';
import { openApp } from './kit/open-app.ts';
import { allowStatus } from './kit/page-problems.ts';
import { seedSource } from './kit/seeds.ts';
import { settled } from './kit/settled.ts';

/** Of the simulated Amplitude. */
const [LINE, BARS] = ['q7m2xk4p', 'v9l4tm0a'];
const line = `/catalog/raw/chart_${LINE}`;

beforeAll(async () => {
  const service = await fileService();
  await seedSource(service, { charts: [LINE, BARS], fields: { folder: 'growth' } });
});

describe('a table of the catalog', () => {
  it('keeps a note on a table, which the search finds', async () => {
    const { page, shot, checkAccessibility } = await openApp({ path: line });
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Edit note…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Note on the table' });
    await dialog.getByLabel('Note', { exact: true }).fill('The number of the weekly review');
    await shot('catalog-note');
    await checkAccessibility();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expectGone(dialog);
    await expectVisible(page.getByRole('main').getByText('The number of the weekly review'));
    await page.getByRole('textbox', { name: 'Search tables' }).fill('weekly REVIEW');
    await expectVisible(page.getByText('1 table found'));
    const found = page.getByRole('navigation', { name: 'Tables' });
    expect(await found.locator('mark').textContent()).toBe('weekly review');
    await shot('catalog-search-note');
    await checkAccessibility();
  });

  it('moves a table to another layer, folder and name', async () => {
    const { page, service, shot, checkAccessibility, allow } = await openApp({
      path: `/catalog/raw/chart_${BARS}`,
    });
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Rename or move…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Rename or move the table' });
    allow(allowStatus(422));
    await expect
      .poll(() => page.evaluate<string>('getSelection().toString()'))
      .toBe(`chart_${BARS}`);
    await page.keyboard.type('Not a name');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expectVisible(dialog.getByText(/a-z/).first());
    await shot('catalog-move-refused');
    await checkAccessibility();
    await dialog.getByLabel('Layer').selectOption('trusted');
    await dialog.getByLabel('Folder').fill('money');
    await dialog.getByLabel('Table name').fill('revenue');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expectGone(dialog);
    await page.waitForURL('**/catalog/trusted/revenue');
    await expectVisible(page.getByRole('link', { name: /Lifetime revenue.*revenue/ }));
    expect((await service.api('GET', '/tables/trusted/revenue')).body.folder).toBe('money');
  });

  it('drops a table once its name is typed', async () => {
    const { page, service, shot, checkAccessibility } = await openApp({
      path: '/catalog/trusted/revenue',
    });
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Drop table…' }).click();
    const drop = page.getByRole('dialog', { name: 'Drop revenue?' });
    await expectVisible(drop.getByText(/trusted\.revenue goes with 72 rows and 2 versions/));
    await expectVisible(drop.getByText(/“Growth” makes it anew in its next run/));
    const act = drop.getByRole('button', { name: 'Drop table' });
    expect(await act.isDisabled()).toBe(true);
    await drop.getByLabel('Type revenue to confirm').fill('revenue');
    await shot('catalog-drop');
    await checkAccessibility();
    await act.click();
    await expectVisible(page.getByText('trusted.revenue was dropped.'));
    await page.waitForURL('**/catalog');
    expect((await service.api('GET', '/tables/trusted/revenue')).status).toBe(404);
  });

  it('lets a viewer look, not change', async () => {
    const { page, shot, checkAccessibility } = await openApp({ path: line, role: 'viewer' });
    await expectVisible(page.getByRole('button', { name: 'Download', exact: true }));
    await page.getByRole('button', { name: 'More actions' }).click();
    await expectVisible(page.getByText(/Your role may look only/));
    for (const item of await page.getByRole('menuitem').all()) {
      expect(await item.isDisabled()).toBe(true);
    }
    await settled(page);
    await shot('catalog-viewer');
    await checkAccessibility();
  });
});
