import { describe, expect, it } from 'vitest';
import { runToEnd } from '../service/running-service.ts';
import { expectGone, expectVisible } from './kit/expect-visible.ts';
import { fileService } from './kit/file-service.ts';
import { openApp } from './kit/open-app.ts';
import { seedSource } from './kit/seeds.ts';
import { settled } from './kit/settled.ts';
import { fillAccess, nameSource, next, openAccess } from './kit/wizard.ts';

/** The rows of the source document's table, as somebody meets them. */
describe('troubleshooting', () => {
  it('authentication errors: says which key is wrong and where the right one is', async () => {
    const { page, simulator, shot, checkAccessibility } = await openApp({ path: '/sources' });
    const [, labs] = simulator.projects;
    await openAccess(page);
    await fillAccess(page, simulator, { secretKey: 'wrong', charts: 'q7m2xk4p' });
    await next(page);
    await expectVisible(page.getByText(/Settings > Projects > \[Your Project\] > General/));
    const secret = page.getByRole('textbox', { name: 'Secret Key' });
    await expect.poll(() => secret.getAttribute('aria-invalid')).toBe('true');
    await expectVisible(page.getByRole('button', { name: 'Check again' }));
    await shot('trouble-secret-key');
    await checkAccessibility();
    // The key of another project: the keys are good, but the chart is not theirs.
    await fillAccess(page, simulator, {
      apiKey: labs?.apiKey ?? '',
      secretKey: labs?.secretKey ?? '',
      charts: 't9l2abx4',
    });
    await next(page);
    await expectVisible(page.getByText(/another project|keys of the project/i).first());
    await expectVisible(page.getByRole('button', { name: 'Continue with the good one' }));
    await shot('trouble-other-project', { fullPage: true });
  });

  it('no data extracted: finds invalid chart IDs before anything is saved', async () => {
    const { page, simulator, shot, checkAccessibility } = await openApp({ path: '/sources' });
    await openAccess(page);
    await fillAccess(page, simulator, { charts: 'q7m2xk4p d3l3t3d0' });
    await next(page);
    await expectVisible(page.getByText(/Amplitude has no chart d3l3t3d0/));
    await expectVisible(page.getByText(/that the chart still exists/));
    await shot('trouble-invalid-id', { fullPage: true });
    await checkAccessibility();
    await page.getByRole('button', { name: /Remove the 1 chart that cannot be read/ }).click();
    await page.waitForURL('**/add/streams');
    await expectGone(page.getByText('chart_d3l3t3d0'));
    await expectVisible(page.getByText('2 of 2 selected'));
  });

  it('empty streams: says that the chart has no data, before and after a run', async () => {
    const { page, simulator, shot, checkAccessibility } = await openApp({ path: '/sources' });
    await openAccess(page);
    await fillAccess(page, simulator, { charts: 'h0d1only q7m2xk4p' });
    await next(page);
    await page.waitForURL('**/add/streams');
    await page.getByRole('button', { name: 'Preview of chart_h0d1only' }).click();
    await expectVisible(page.getByText(/Check that it contains data in Amplitude/));
    await next(page);
    await page.getByRole('textbox', { name: 'Prefix of the table names' }).fill('empty_');
    await next(page);
    await nameSource(page, 'With an empty chart');
    await page.getByRole('button', { name: 'Finish and run' }).click();
    await page.waitForURL('**/runs/**');
    const row = page.getByRole('row', { name: /chart_h0d1only/ }).first();
    await expectVisible(row.getByText('Empty', { exact: true }));
    await expectVisible(
      page.getByText(/contains? data in Amplitude|has no data|no records/).first(),
    );
    await shot('trouble-empty', { fullPage: true });
    await checkAccessibility();
    await row.getByRole('link', { name: 'raw.empty_chart_h0d1only' }).click();
    await expectVisible(
      page.getByRole('heading', { level: 1, name: /Buyers of a plan nobody has/ }),
    );
    await expectVisible(page.getByText('Nothing to plot'));
    await shot('trouble-empty-table');
    await checkAccessibility();
  });

  it('unexpected data structure: the next extraction has what the chart is now, the former version stays', async () => {
    const service = await fileService();
    const source = await seedSource(service, {
      name: 'Edited',
      charts: ['b2t7hq0s'],
      fields: { prefix: 'edited_' },
    });
    service.simulator.redefine('b2t7hq0s', 'g4n8wl3r');
    await runToEnd(service, source.id);
    const { page, shot, checkAccessibility } = await openApp({
      path: '/catalog/raw/edited_chart_b2t7hq0s',
    });
    await expectVisible(page.getByRole('heading', { level: 1, name: /Buyers by country/ }));
    await page.getByRole('tab', { name: /Versions/ }).click();
    await expectVisible(
      page
        .getByText('Version 0')
        .or(page.getByRole('cell', { name: '0' }))
        .first(),
    );
    await shot('trouble-structure');
    await checkAccessibility();
  });

  it('missing dimensions: shows in the preview what the chart is broken down by', async () => {
    const { page, simulator, shot } = await openApp({ path: '/sources' });
    await openAccess(page);
    await fillAccess(page, simulator, { charts: 'q7m2xk4p k1y6fs9m' });
    await next(page);
    await page.waitForURL('**/add/streams');
    await page.getByRole('button', { name: 'Preview of chart_k1y6fs9m' }).click();
    const preview = page.getByRole('region', { name: 'Preview of chart_k1y6fs9m' });
    const names = await preview.getByRole('row').nth(1).getByRole('cell').allTextContents();
    expect(names.slice(0, 2)).toEqual(['k1y6fs9m', expect.stringMatching(/\w/)]);
    await settled(page);
    await shot('trouble-dimensions');
  });
});
