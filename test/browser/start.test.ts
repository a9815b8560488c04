import { describe, expect, it } from 'vitest';
import { expectVisible } from './kit/expect-visible.ts';
import { fileService } from './kit/file-service.ts';
import { openApp } from './kit/open-app.ts';
import { PASSWORD } from './kit/sign-in.ts';

/** In this order: the first test needs a service that has nobody yet. */
describe('the web app', () => {
  it('makes the first administrator by the link that the service prints', async () => {
    const { running } = await fileService();
    const { pathname, hash } = new URL(running.setupLink ?? '');
    const { page, shot, checkAccessibility } = await openApp({
      role: null,
      path: `${pathname}${hash}`,
    });
    await expectVisible(page.getByRole('heading', { name: 'Create the administrator' }));
    await checkAccessibility();
    await shot('start-setup');
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Grace Hopper');
    await page.getByRole('textbox', { name: 'E-mail' }).fill('grace@example.com');
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Create and sign in' }).click();
    await page.waitForURL('**/sources');
    await expectVisible(page.getByRole('main'));
  });

  it('shows who is not signed in where to', async () => {
    const { page, shot, checkAccessibility } = await openApp({ role: null });
    await page.waitForURL('**/sign-in*');
    await expect.poll(() => page.title()).toContain('chartlift');
    await expectVisible(page.getByRole('button', { name: 'Sign in' }));
    await checkAccessibility();
    await shot('start-signed-out');
  });

  it('begins with the sources', async () => {
    const { page, shot, checkAccessibility } = await openApp({ role: 'viewer' });
    await page.waitForURL('**/sources');
    await expectVisible(page.getByRole('main'));
    await checkAccessibility();
    await shot('start-signed-in');
  });

  it('keeps its address over a reload', async () => {
    const { page } = await openApp({ role: 'admin', path: '/settings/users' });
    await expectVisible(page.getByRole('main'));
    await page.reload();
    await expectVisible(page.getByRole('main'));
    expect(new URL(page.url()).pathname).toBe('/settings/users');
  });
});
