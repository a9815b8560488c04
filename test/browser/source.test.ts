import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectGone, expectVisible } from './kit/expect-visible.ts';
import { fileService } from './kit/file-service.ts';
import { openApp } from './kit/open-app.ts';
import { allowStatus } from './kit/page-problems.ts';
import { type SeededSource, seedSource } from './kit/seeds.ts';

/** Charts of the simulated Amplitude: a daily line, and lines by country. */
const [LINE, COUNTRIES] = ['q7m2xk4p', 'g4n8wl3r'];
let growth: SeededSource;

beforeAll(async () => {
  const service = await fileService();
  const fields = { folder: 'growth', description: 'The numbers of the weekly review' };
  growth = await seedSource(service, { charts: [LINE, COUNTRIES], fields });
});

describe('a source', () => {
  it('shows how it is: health, runs and freshness', async () => {
    const { page, shot, checkAccessibility } = await openApp({ path: `/sources/${growth.id}` });
    await expectVisible(page.getByRole('heading', { level: 1, name: 'Growth' }));
    await expectVisible(page.getByText('All 3 streams are fresh'));
    await expectVisible(page.getByRole('link', { name: /^Success, / }));
    await expectVisible(page.getByText('Content last changed'));
    await shot('source-overview');
    await checkAccessibility();
  });

  it('says the exact time of what is pointed at, until Escape', async () => {
    const { page } = await openApp({ path: `/sources/${growth.id}` });
    const time = page.getByRole('time').first();
    await time.hover();
    await expectVisible(page.getByRole('tooltip', { name: /, \d{4} at .*Europe\/Berlin/ }));
    await page.keyboard.press('Escape');
    await expectGone(page.getByRole('tooltip'));
    await page.getByRole('heading', { level: 1 }).hover();
    await time.hover();
    await expectVisible(page.getByRole('tooltip'));
    await page.getByRole('heading', { level: 1 }).hover();
    await expectGone(page.getByRole('tooltip'));
  });

  it('that never ran says what is missing, and runs', async () => {
    const service = await fileService();
    const { id } = await seedSource(service, {
      name: 'New here',
      charts: [LINE],
      run: false,
      fields: { prefix: 'new_' },
    });
    const { page, shot, checkAccessibility } = await openApp({ path: `/sources/${id}` });
    await expectVisible(page.getByText('Not in your Catalog yet'));
    await shot('source-never-run');
    await checkAccessibility();
    await page.getByRole('button', { name: 'Run now' }).first().click();
    await expectVisible(page.getByText('All 2 streams are fresh'));
    await expectGone(page.getByText('Not in your Catalog yet'));
  });

  it('lists its streams, and moves the table of one that is edited', async () => {
    const { page, service, shot, checkAccessibility } = await openApp({
      path: `/sources/${growth.id}/streams`,
    });
    const row = page.getByRole('row', { name: /Daily buyers/ });
    await expectVisible(row.getByRole('cell', { name: '30', exact: true }));
    await expectVisible(row.getByRole('link', { name: `raw.chart_${LINE}` }));
    await shot('source-streams');
    await checkAccessibility();
    await row.getByRole('button', { name: `Actions for chart_${LINE}` }).click();
    await page.getByRole('menuitem', { name: 'Edit' }).click();
    const dialog = page.getByRole('dialog', { name: `Edit chart_${LINE}` });
    await dialog.getByLabel('Table name').fill('daily_buyers');
    await expectVisible(dialog.getByText(/moves from raw\.chart_q7m2xk4p to raw\.daily_buyers/));
    await dialog.getByLabel('Note').fill('For the weekly review');
    await shot('source-edit-stream');
    await checkAccessibility();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expectGone(dialog);
    await expectVisible(row.getByRole('link', { name: 'raw.daily_buyers' }));
    await expectVisible(row.getByText('For the weekly review'));
    expect((await service.api('GET', '/tables/raw/daily_buyers')).body.rows).toBe(30);
  });

  it('lists its runs by their status', async () => {
    const { page, shot, checkAccessibility } = await openApp({
      path: `/sources/${growth.id}/runs`,
    });
    await expectVisible(page.getByRole('row', { name: /Success/ }));
    await shot('source-runs');
    await checkAccessibility();
    await page.getByLabel('Status of the runs').selectOption({ label: 'Failed' });
    await expectVisible(page.getByText('No run of this status.'));
    await page.getByRole('button', { name: 'Show all runs' }).click();
    await page
      .getByRole('row', { name: /Success/ })
      .getByRole('link')
      .first()
      .click();
    await expectVisible(page.getByRole('heading', { level: 1, name: 'Run of Growth' }));
  });

  it('gets another trigger, whose next five runs it shows', async () => {
    const { page, service, shot, checkAccessibility } = await openApp({
      path: `/sources/${growth.id}/settings`,
    });
    await page.getByRole('radio', { name: /^Weekly/ }).check();
    const preview = page.getByRole('region', { name: 'What it means' });
    await expect.poll(() => preview.getByRole('listitem').count()).toBe(5);
    await shot('source-settings');
    // However far one is from the end of the form, what was changed can be saved.
    await page.getByLabel('Name').focus();
    const save = page.getByRole('button', { name: 'Save' });
    expect(await isInView(save)).toBe(true);
    await shot('source-settings-changed');
    await checkAccessibility();
    await page.getByRole('button', { name: 'Save' }).click();
    await expectVisible(page.getByText('Growth was saved'));
    const { body } = await service.api('GET', `/sources/${growth.id}`);
    expect(body.trigger.type).toBe('weekly');
    expect(body.next_runs ?? body.next_run_at).not.toBeNull();
  });

  it('asks before changes that were not saved are left, and names them', async () => {
    const { page, shot, checkAccessibility } = await openApp({
      path: `/sources/${growth.id}/settings`,
    });
    const name = page.getByRole('textbox', { name: 'Name' });
    await name.fill('Growth of the shop');
    await page.getByLabel('Description').fill('x'.repeat(141));
    await expectVisible(page.getByText('141 of 140 characters'));
    expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    await page.getByRole('link', { name: 'Streams', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Leave without saving?' });
    await expectVisible(dialog.getByText(/Name and Description/));
    await shot('source-settings-leave');
    await checkAccessibility();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expectGone(dialog);
    expect(await name.inputValue()).toBe('Growth of the shop');
    await page.getByRole('link', { name: 'Streams', exact: true }).click();
    await dialog.getByRole('button', { name: 'Leave without saving' }).click();
    await expectVisible(page.getByRole('row', { name: /Buyers by country/ }));
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Growth');
  });

  it('asks before keys are left that were typed and not saved', async () => {
    const { page, shot, checkAccessibility } = await openApp({
      path: `/sources/${growth.id}/settings`,
    });
    await page.getByRole('button', { name: 'Change the keys' }).click();
    const key = page.getByRole('textbox', { name: 'API Key' });
    await key.fill('half-a-key');
    await page.getByLabel('Time limit').fill('60');
    await page.getByRole('link', { name: 'Streams', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Leave without saving?' });
    await expectVisible(dialog.getByText(/Time limit and API Key/));
    await shot('source-settings-leave-keys');
    await checkAccessibility();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expectGone(dialog);
    expect(await key.inputValue()).toBe('half-a-key');
    await page.getByRole('button', { name: 'Discard changes' }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('link', { name: 'Streams', exact: true }).click();
    await expectVisible(page.getByRole('row', { name: /Buyers by country/ }));
  });

  it('takes new keys once they work, and never shows any', async () => {
    const { page, service, shot, checkAccessibility } = await openApp({
      path: `/sources/${growth.id}/settings`,
    });
    const before = (await service.api('GET', `/sources/${growth.id}`)).body;
    expect(JSON.stringify(before)).not.toContain('demo-secret-key');
    await page.getByRole('button', { name: 'Change the keys' }).click();
    const key = page.getByLabel('API Key', { exact: false }).first();
    const secret = page.getByLabel('Secret Key', { exact: false }).first();
    expect([await key.inputValue(), await secret.inputValue()]).toEqual(['', '']);
    await key.fill('demo-api-key');
    await secret.fill('not-the-secret');
    await page.getByRole('button', { name: 'Check and save' }).click();
    await expectVisible(page.getByText('These keys do not work. The old ones stay in use.'));
    await shot('source-keys-refused', { fullPage: true });
    await checkAccessibility();
    await secret.fill('demo-secret-key');
    await page.getByRole('button', { name: 'Check and save' }).click();
    await expectVisible(page.getByText('The new keys are in use.'));
    await expectVisible(page.getByRole('button', { name: 'Change the keys' }));
    expect(await page.content()).not.toContain('demo-secret-key');
  });

  it('is paused and resumed', async () => {
    const { page, service, shot, checkAccessibility } = await openApp({
      path: `/sources/${growth.id}`,
    });
    const tabs = page.getByRole('navigation', { name: 'Pages of the source' });
    const before = await tabs.boundingBox();
    await page.getByRole('button', { name: 'Pause' }).click();
    await expectVisible(page.getByText(/None while it is paused/));
    expect(await page.getByText('Paused', { exact: true }).count()).toBe(1);
    expect(await tabs.boundingBox()).toEqual(before);
    expect((await service.api('GET', `/sources/${growth.id}`)).body.paused).toBe(true);
    await shot('source-paused');
    await checkAccessibility();
    await page.getByRole('button', { name: 'Resume' }).click();
    await expectGone(page.getByText(/None while it is paused/));
    expect((await service.api('GET', `/sources/${growth.id}`)).body.paused).toBe(false);
  });

  it('is duplicated, with tables of its own', async () => {
    const { page, shot, checkAccessibility } = await openApp({ path: `/sources/${growth.id}` });
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Duplicate' }).click();
    const dialog = page.getByRole('dialog', { name: 'Duplicate source' });
    await dialog.getByLabel('Name of the copy').fill('Growth, tried out');
    await shot('source-duplicate');
    await checkAccessibility();
    await dialog.getByRole('button', { name: 'Duplicate' }).click();
    await expectVisible(page.getByRole('heading', { level: 1, name: 'Growth, tried out' }));
    await page.getByRole('link', { name: 'Streams', exact: true }).click();
    await expectVisible(page.getByText('raw.copy_daily_buyers'));
  });

  it('is deleted only after it was said what goes', async () => {
    const service = await fileService();
    const { id } = await seedSource(service, {
      name: 'To go',
      charts: [LINE],
      fields: { prefix: 'gone_' },
    });
    const { page, shot, checkAccessibility, allow } = await openApp({ path: `/sources/${id}` });
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete To go?' });
    await expectVisible(dialog.getByText(/Its settings, keys, and the history of its runs go/));
    await expectVisible(dialog.getByText(`raw.gone_chart_${LINE}`));
    const audit = await service.api('GET', '/audit?limit=5');
    expect(JSON.stringify(audit.body)).not.toContain('deleteSource');
    await dialog.getByRole('radio', { name: /Drop 2 tables/ }).check();
    const act = dialog.getByRole('button', { name: 'Delete source' });
    expect(await act.isDisabled()).toBe(true);
    await dialog.getByLabel('Type To go to confirm').fill('To go');
    await shot('source-delete');
    await checkAccessibility();
    // The page of the source may ask for it once more before it is left.
    allow(allowStatus(404));
    await act.click();
    await expectVisible(page.getByText('To go was deleted, and 2 tables dropped with it'));
    await expectVisible(page.getByRole('heading', { level: 1, name: 'Sources' }));
    expect((await service.api('GET', `/sources/${id}`)).status).toBe(404);
    expect((await service.api('GET', `/tables/raw/gone_chart_${LINE}`)).status).toBe(404);
  });

  it('can be looked at by a viewer, and not be changed', async () => {
    const { page, shot, checkAccessibility } = await openApp({
      path: `/sources/${growth.id}/settings`,
      role: 'viewer',
    });
    await expectVisible(page.getByText('Your role may look, but not change this source.'));
    expect(await page.getByRole('button', { name: /Run now|Pause|Save|Delete/ }).count()).toBe(0);
    await shot('source-viewer');
    await checkAccessibility();
    await page.getByRole('link', { name: 'Streams', exact: true }).click();
    await expectVisible(page.getByRole('row', { name: /Buyers by country/ }));
    expect(await page.getByRole('button', { name: /^Actions for/ }).count()).toBe(0);
  });

  it('fits a phone and the dark', async () => {
    const phone = await openApp({ path: `/sources/${growth.id}`, width: 360, colorScheme: 'dark' });
    await expectVisible(phone.page.getByText('All 3 streams are fresh'));
    for (const tab of ['streams', 'runs', 'settings']) {
      expect(await overflow(phone.page)).toBe(0);
      await phone.goto(`/sources/${growth.id}/${tab}`);
      await expectVisible(phone.page.getByRole('region').first());
    }
    expect(await overflow(phone.page)).toBe(0);
    await expectVisible(phone.page.getByRole('radio', { name: /^Weekly/ }));
    await phone.shot('source-settings-360-dark', { fullPage: true });
    await phone.checkAccessibility();
  });
});

/** By how many px the page is wider than its window. */
function overflow(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - innerWidth');
}

/** Whether all of it is within the window as it is scrolled now. */
async function isInView(part: Locator): Promise<boolean> {
  const box = await part.boundingBox();
  const height = part.page().viewportSize()?.height ?? 0;
  return box !== null && box.y >= 0 && box.y + box.height <= height;
}
