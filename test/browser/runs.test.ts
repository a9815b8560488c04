import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { runToEnd } from '../service/running-service.ts';
import { expectVisible } from './kit/expect-visible.ts';
import { fileService } from './kit/file-service.ts';
import { openApp } from './kit/open-app.ts';
import { CHARTS, seedSource } from './kit/seeds.ts';

const [first, second] = CHARTS;

describe('a run', () => {
  it('is started by the arrow of its source, and its progress shows in the row', async () => {
    const service = await fileService();
    await seedSource(service, { name: 'Arrow', run: false, fields: { prefix: 'arrow_' } });
    const { page, shot, checkAccessibility } = await openApp({ path: '/sources' });
    const row = page.getByRole('row', { name: /Arrow/ });
    await expectVisible(row.getByText('Never run'));
    const arrow = row.getByRole('button', { name: 'Run Arrow now' });
    const before = [await placeOf(arrow), await placeOf(row.getByText('Not planned'))];
    await arrow.click();
    await expectVisible(row.getByRole('link', { name: 'Success' }));
    await expectVisible(row.getByText('4 changed'));
    expect([await placeOf(arrow), await placeOf(row.getByText('Not planned'))]).toEqual(before);
    await shot('sources-after-a-run');
    await checkAccessibility();
  });

  it('that has ended before its start is answered is said to have ended', async () => {
    const service = await fileService();
    const source = await seedSource(service, {
      name: 'Quick',
      run: false,
      fields: { prefix: 'quick_' },
    });
    const { page } = await openApp({ path: '/sources' });
    await page.route(`**/sources/${source.id}/runs`, async (route) => {
      const response = await route.fetch();
      const { id } = await response.json();
      // The stream of events ends with the run.
      await service.api('GET', `/runs/${id}/events`);
      await route.fulfill({ response });
    });
    await page.getByRole('button', { name: 'Run Quick now' }).click();
    await expectVisible(page.getByText('Quick: the run ended. Success.'));
  });

  it('of a failing chart beside good ones is partial, says why, and retries only that one', async () => {
    const service = await fileService();
    const source = await seedSource(service, {
      name: 'Partly',
      run: false,
      fields: { prefix: 'partly_' },
    });
    service.simulator.setFault(second, { kind: 'html', times: 1 });
    const run = await runToEnd(service, source.id);
    const { page, shot, checkAccessibility } = await openApp({ path: `/runs/${run.id}` });
    await expectVisible(page.getByRole('heading', { level: 1, name: 'Run of Partly' }));
    const failed = page.getByRole('row', { name: new RegExp(`chart_${second}`) }).first();
    await expectVisible(failed.getByText('Failed', { exact: true }));
    await expectVisible(page.getByText(/web page/i).first());
    await shot('run-partial', { fullPage: true });
    await checkAccessibility();
    await page.getByRole('button', { name: 'Retry failed' }).click();
    await expectVisible(page.getByText(/Retry of/));
    await expect
      .poll(async () => (await page.getByRole('main').textContent()) ?? '')
      .toMatch(/Success/);
    expect(await page.getByRole('row', { name: new RegExp(`chart_${first}`) }).count()).toBe(0);
  });

  it('that has ended leads to a new run of its source, by those who may', async () => {
    const service = await fileService();
    const { runId } = await seedSource(service, { name: 'Again', fields: { prefix: 'again_' } });
    const { page, shot, checkAccessibility } = await openApp({ path: `/runs/${runId}` });
    await page.getByRole('button', { name: 'Run again' }).click();
    await page.waitForURL(
      (url) => url.pathname.startsWith('/runs/') && !url.href.includes(`${runId}`),
    );
    const unchanged = page.getByRole('row', { name: new RegExp(`chart_${first}.*Unchanged`) });
    await expectVisible(unchanged);
    await expectVisible(page.getByRole('button', { name: 'Run again' }));
    await shot('run-unchanged');
    await checkAccessibility();
    const viewer = await openApp({ role: 'viewer', path: `/runs/${runId}` });
    await expectVisible(viewer.page.getByRole('link', { name: 'See the data' }));
    expect(await viewer.page.getByRole('button', { name: 'Run again' }).count()).toBe(0);
  });

  it('is canceled, and its tables stay whole', async () => {
    const service = await fileService();
    const source = await seedSource(service, {
      name: 'Slow',
      run: false,
      fields: { prefix: 'slow_' },
    });
    service.simulator.setFault(first, { kind: 'hang' });
    const { page, shot, checkAccessibility } = await openApp({ path: '/sources' });
    const row = page.getByRole('row', { name: /Slow/ });
    await row.getByRole('button', { name: 'Run Slow now' }).click();
    await expectVisible(row.getByText(/2 of 4 streams|3 of 4 streams/));
    const runs = await service.api('GET', `/sources/${source.id}/runs`);
    await page.goto(`/runs/${runs.body.items[0].id}`);
    await expectVisible(page.getByText('Requesting').first());
    await expect.poll(() => filledOf(page)).toBeCloseTo(0.5, 2);
    await shot('run-live');
    await checkAccessibility();
    await page.getByRole('button', { name: 'Cancel run' }).click();
    await expectVisible(page.getByText('Canceled').first());
    expect(await filledOf(page)).toBeCloseTo(0.5, 2);
    await shot('run-canceled');
    service.simulator.setFault(first, null);
  });

  it('that waits for a rate limit counts down', async () => {
    const service = await fileService();
    await seedSource(service, {
      name: 'Limited',
      charts: ['s0p5vn7j'],
      run: false,
      fields: { prefix: 'limited_' },
    });
    service.simulator.setFault('s0p5vn7j', {
      kind: 'rate_limited',
      times: 1,
      retryAfterSeconds: 3,
    });
    const { page } = await openApp({ path: '/sources' });
    const row = page.getByRole('row', { name: /Limited/ });
    await row.getByRole('button', { name: 'Run Limited now' }).click();
    await expectVisible(row.getByText(/Waiting for rate limit/));
    await expectVisible(row.getByRole('link', { name: 'Success' }));
  });
});

/** Where something begins, in px from the left. */
async function placeOf(part: Locator): Promise<number | undefined> {
  return (await part.boundingBox())?.x;
}

/** How much of the bar of a run is filled, of 1. */
async function filledOf(page: Page): Promise<number> {
  const bar = page.getByRole('region', { name: 'Summary' }).locator('.mantine-Progress-root');
  const whole = (await bar.boundingBox())?.width ?? 0;
  let filled = 0;
  for (const part of await bar.locator('.mantine-Progress-section').all()) {
    filled += (await part.boundingBox())?.width ?? 0;
  }
  return filled / whole;
}
