import { describe, expect, it } from 'vitest';
import { expectGone, expectVisible } from './kit/expect-visible.ts';
import { fileService } from './kit/file-service.ts';
import { openApp } from './kit/open-app.ts';
import { seedSource } from './kit/seeds.ts';

/** Charts of the simulated Amplitude: one that the source has, one that is new to it, one that is not there. */
const [KNOWN, NEW, MISSING] = ['q7m2xk4p', 'g4n8wl3r', 'n0suchid'];

describe('"Add streams"', () => {
  it('goes from a new chart ID to its table in the catalog', async () => {
    const service = await fileService();
    const { id } = await seedSource(service, { charts: [KNOWN], fields: { folder: 'growth' } });
    const { page, shot, checkAccessibility } = await openApp({ path: `/sources/${id}/streams` });
    await page.getByRole('link', { name: 'Add streams' }).click();
    await expectVisible(page.getByRole('heading', { level: 1, name: 'Add streams' }));
    await expectVisible(page.getByText('Add a chart ID first.'));
    await shot('add-streams-start');
    await checkAccessibility();

    const ids = page.getByRole('textbox', { name: /^Chart IDs/ });
    expect(await ids.evaluate((field) => field === field.ownerDocument.activeElement)).toBe(true);
    await ids.fill(KNOWN);
    await ids.press('Enter');
    await expectVisible(page.getByText(`${KNOWN} is in this source already.`));
    await ids.fill(`https://analytics.amplitude.com/plumvale/chart/${NEW} ${MISSING}`);
    await ids.press('Enter');
    await page.getByRole('button', { name: 'Check charts' }).click();
    await expectVisible(page.getByRole('region', { name: '2. Select streams' }));
    await expectVisible(page.getByText('1 chart cannot be read'));
    await expectVisible(page.getByRole('checkbox', { name: /Buyers by country/ }));
    await shot('add-streams-checked', { fullPage: true });
    await checkAccessibility();

    const name = page.getByRole('textbox', { name: 'Table name of Buyers by country' });
    expect(await name.inputValue()).toBe(`chart_${NEW}`);
    await name.fill(`chart_${KNOWN}`);
    await expectVisible(page.getByText('One stream needs another place or name.'));
    await shot('add-streams-collision', { fullPage: true });
    await checkAccessibility();
    await name.fill('buyers_by_country');
    await page.reload();
    await expect.poll(() => name.inputValue()).toBe('buyers_by_country');
    await page.getByRole('button', { name: 'Add 1 stream' }).click();

    const offer = page.getByRole('alert').filter({ hasText: '1 stream added to Growth' });
    await expectVisible(offer);
    const row = page.getByRole('row', { name: /chart_g4n8wl3r/ });
    await expectVisible(row.getByText('Not read yet'));
    await shot('add-streams-added');
    await checkAccessibility();
    await offer.getByRole('button', { name: 'Run now' }).click();
    await expectVisible(page.getByRole('heading', { level: 1, name: 'Run of Growth' }));
    await expectGone(offer);
    await expect
      .poll(async () => (await service.api('GET', '/tables/raw/buyers_by_country')).body.rows)
      .toBe(300);
    const { body } = await service.api('GET', '/tables/raw/buyers_by_country');
    expect(body.folder).toBe('growth');
  });

  it('is for whoever may change the source, and fits a phone', async () => {
    const service = await fileService();
    const { id } = await seedSource(service, {
      name: 'Other',
      charts: [KNOWN],
      run: false,
      fields: { prefix: 'other_' },
    });
    const path = `/sources/${id}/add-streams`;
    const viewer = await openApp({ path, role: 'viewer' });
    await expectVisible(viewer.page.getByText('You cannot change this source'));
    await viewer.shot('add-streams-viewer');
    await viewer.checkAccessibility();
    const { page, shot, checkAccessibility } = await openApp({
      path,
      role: 'editor',
      width: 360,
      colorScheme: 'dark',
    });
    const ids = page.getByRole('textbox', { name: /^Chart IDs/ });
    await ids.fill(MISSING);
    await ids.press('Enter');
    await page.getByRole('button', { name: 'Check charts' }).click();
    await expectVisible(page.getByText('None of these charts can be read.'));
    await shot('add-streams-none-good-360-dark', { fullPage: true });
    await checkAccessibility();
    await page.getByRole('button', { name: `Remove ${MISSING}` }).click();
    // Typed, and not entered.
    await ids.fill(NEW);
    await page.getByRole('button', { name: 'Check charts' }).click();
    await expectVisible(page.getByRole('region', { name: '3. Configure data streams' }));
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
    await shot('add-streams-360-dark', { fullPage: true });
    await checkAccessibility();
  });
});
