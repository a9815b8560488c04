import { expect, it } from 'vitest';
import { expectGone, expectVisible } from './kit/expect-visible.ts';
import { fileService } from './kit/file-service.ts';
import { openApp } from './kit/open-app.ts';
import { fillAccess, nameSource, next, openAccess } from './kit/wizard.ts';

/** The two forms of addresses that the source document names, and a bare id. */
const PASTED = `https://analytics.amplitude.com/plumvale/chart/q7m2xk4p
https://analytics.amplitude.com/plumvale/workspace/shop/analyze/chart?id=g4n8wl3r, f2x9kc7w`;

it('walks from "Add source" to a plotted chart in the catalog', async () => {
  const { page, simulator, shot, checkAccessibility } = await openApp({ path: '/sources' });
  await expectVisible(page.getByRole('heading', { name: 'No sources yet' }));
  await page.getByRole('main').getByRole('link', { name: 'Add source' }).first().click();

  await expectVisible(page.getByRole('radio', { name: /^Amplitude/ }));
  await checkAccessibility();
  await shot('add-1-connector');
  await page.getByRole('radio', { name: /^Amplitude/ }).click();
  await next(page);

  await page.waitForURL('**/add/access');
  await expectVisible(page.getByRole('button', { name: 'Where do I find this? API Key' }));
  for (const help of await page.getByRole('button', { name: /Where do I find this/ }).all()) {
    await help.click();
  }
  await expectVisible(page.getByText('Navigate to Organization settings > API Keys'));
  await expectVisible(page.getByText('Scroll down to find the Secret key field'));
  await expectVisible(page.getByText('https://analytics.amplitude.com/org-name/chart/'));
  await checkAccessibility();
  await shot('add-2-help', { fullPage: true });
  await fillAccess(page, simulator, { charts: PASTED });
  await expectVisible(page.getByText('3 charts', { exact: true }));
  await next(page);

  // All is good: it goes on by itself.
  await page.waitForURL('**/add/streams');
  await expectVisible(page.getByText('4 of 4 selected'));
  await page.getByRole('textbox', { name: 'Find streams' }).fill('g4n8');
  await expectGone(page.getByRole('checkbox', { name: /q7m2xk4p/ }));
  await page.getByRole('button', { name: 'Preview of chart_g4n8wl3r' }).click();
  const preview = page.getByRole('region', { name: 'Preview of chart_g4n8wl3r' });
  await expectVisible(preview.getByRole('columnheader', { name: 'dimension_name' }));
  await expectVisible(preview.getByRole('cell', { name: 'Country' }).first());
  await expectVisible(page.getByRole('img', { name: /Plot of the first rows of Buyers/ }));
  await checkAccessibility();
  await shot('add-3-streams');
  await page.getByRole('textbox', { name: 'Find streams' }).fill('');
  await next(page);

  await page.waitForURL('**/add/tables');
  await page.getByRole('combobox', { name: 'Folder', exact: true }).fill('growth');
  await page.getByRole('textbox', { name: 'Prefix of the table names' }).fill('amp_');
  await expectVisible(page.getByText('raw.amp_chart_q7m2xk4p').first());
  const folder = page.getByRole('combobox', { name: 'Folder of Daily buyers' });
  const place = await folder.boundingBox();
  await folder.fill('apart');
  await expectVisible(page.getByText('1 stream has a layer or folder of its own.'));
  expect(await folder.boundingBox()).toEqual(place);
  await page.getByRole('button', { name: 'Apply to all' }).click();
  expect(await folder.inputValue()).toBe('growth');
  await page.getByRole('textbox', { name: 'Table name of Buyers by country' }).fill('buyers');
  await expectVisible(page.getByText('raw.buyers').first());
  await expectVisible(page.getByText(/the connector does not support incremental sync/));
  await checkAccessibility();
  await shot('add-4-tables', { fullPage: true });
  await next(page);

  await nameSource(page, 'Product metrics');
  await page
    .getByRole('textbox', { name: 'Description' })
    .fill('What the growth team looks at every Monday');
  await expectVisible(page.getByText('42 of 140'));
  await page.getByRole('radio', { name: /^Weekly/ }).click();
  await expectVisible(page.getByText('Next five runs'));
  expect(
    await page.getByRole('region', { name: 'What it means' }).getByRole('listitem').count(),
  ).toBe(5);
  await expectVisible(page.getByText('There is no other source yet'));
  await page.getByRole('radio', { name: /^Daily/ }).click();
  // What it means, and the summary.
  await expectVisible(page.getByText(/^Every day at/).first());
  await checkAccessibility();
  await shot('add-5-finish', { fullPage: true });
  await page.getByRole('button', { name: 'Finish', exact: true }).click();

  await page.waitForURL(/\/sources\/(?!add)/);
  await page.getByRole('link', { name: 'Catalog' }).click();
  await expectVisible(page.getByText(/at least one successful source run/));
  await checkAccessibility();
  await shot('add-6-before-the-first-run');
  await page.getByRole('link', { name: 'Sources', exact: true }).first().click();
  const row = page.getByRole('row', { name: /Product metrics/ });
  await row.getByRole('button', { name: 'Run Product metrics now' }).click();
  await expectVisible(row.getByRole('link', { name: 'Success' }));

  await page.getByRole('link', { name: 'Catalog' }).click();
  await page.getByRole('link', { name: /^Buyers by country buyers/ }).click();
  await expectVisible(page.getByRole('heading', { level: 1, name: /Buyers by country/ }));
  await expectVisible(page.getByRole('img', { name: /Buyers by country/ }));
  await checkAccessibility();
  await shot('add-7-plotted');
});

it('keeps all that was typed over reloads and the back button', async () => {
  const { page, simulator } = await openApp({ path: '/sources' });
  await openAccess(page);
  await fillAccess(page, simulator, { charts: 'q7m2xk4p' });
  await page.reload();
  await expectVisible(page.getByRole('button', { name: 'Remove q7m2xk4p' }));
  expect(await page.getByRole('textbox', { name: 'API Key' }).inputValue()).toBe('demo-api-key');
  // Typed, and not entered.
  await page.getByRole('textbox', { name: 'Chart IDs' }).fill('s0p5vn7j');
  await next(page);
  await page.waitForURL('**/add/streams');
  await page.getByRole('checkbox', { name: /chart_s0p5vn7j/ }).uncheck();
  await next(page);
  await page.waitForURL('**/add/tables');
  await page.getByRole('textbox', { name: 'Prefix of the table names' }).fill('kept_');
  await page.goBack();
  await expectVisible(page.getByText('2 of 3 selected'));
  await page.goBack();
  await expectVisible(page.getByText('2 charts', { exact: true }));
  await page.goForward();
  await page.goForward();
  await page.reload();
  await expectVisible(page.getByText('raw.kept_chart_q7m2xk4p').first());
  await page.getByRole('button', { name: 'Start over' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Start over' }).click();
  await page.waitForURL('**/add/connector');
  await page.goto('/sources/add/finish');
  await page.waitForURL(/\/add\/(connector|access)/);
});

it('explains what it cannot take, and shows collisions where they are', async () => {
  const { page, simulator, shot, checkAccessibility } = await openApp({ path: '/sources' });
  const service = await fileService();
  await openAccess(page);
  await fillAccess(page, simulator, {
    charts:
      'Daily buyers: q7m2xk4p, again q7m2xk4p https://analytics.amplitude.com/plumvale/dashboard/d9x1',
  });
  await expectVisible(page.getByText(/One chart found in your text.*“Daily buyers again”/));
  await expectVisible(page.getByText(/dashboard/).first());
  await expectVisible(page.getByText('1 chart', { exact: true }));
  await shot('add-2-unusable');
  await checkAccessibility();
  await next(page);
  await page.waitForURL('**/add/streams');
  await next(page);
  await page.waitForURL('**/add/tables');
  const table = page.getByRole('textbox', { name: 'Table name of Daily buyers' });
  await table.fill('buyers');
  await expectVisible(page.getByText('This table belongs to the source Product metrics.'));
  expect(await page.getByRole('button', { name: 'Next', exact: true }).isDisabled()).toBe(true);
  await shot('add-4-collision', { fullPage: true });
  await checkAccessibility();
  await table.fill('charts_metadata');
  await expectVisible(page.getByText(/is the table of/).first());
  await table.fill('daily buyers');
  await expectVisible(page.getByText(/Use a-z, 0-9 and _ only/).first());
  await table.fill('daily_buyers');
  await next(page);
  await nameSource(page, 'Product metrics');
  await expectVisible(page.getByText('Another source has this name.').first());
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Second look');
  await page.getByRole('button', { name: 'Finish and run' }).click();
  await page.waitForURL('**/runs/**');
  await expectVisible(page.getByRole('link', { name: 'raw.daily_buyers' }));
  await page.getByRole('link', { name: 'See the data' }).click();
  await expectVisible(page.getByRole('img', { name: /Daily buyers/ }));
  expect((await service.api('GET', '/sources')).body.items).toHaveLength(2);
});
