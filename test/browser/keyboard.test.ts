import { beforeAll, describe, expect, it } from 'vitest';
import type { ServiceUnderTest } from '../service/running-service.ts';
import { expectGone, expectVisible } from './kit/expect-visible.ts';
import { fileService } from './kit/file-service.ts';
import { checkFocus, expectFocus, tabTo } from './kit/keyboard.ts';
import { openApp } from './kit/open-app.ts';
import { type SeededSource, seedSource } from './kit/seeds.ts';
import { ensurePerson, PASSWORD, PEOPLE } from './kit/sign-in.ts';

let service: ServiceUnderTest;
let source: SeededSource;

beforeAll(async () => {
  service = await fileService();
  await ensurePerson(service, 'admin');
  source = await seedSource(service, { name: 'Growth', fields: { folder: 'growth' } });
});

describe('with the keyboard alone', () => {
  it('somebody signs in and goes from place to place', async () => {
    const { page, shot } = await openApp({ role: null, path: '/sign-in' });
    const { keyboard } = page;
    await expectFocus(page.getByLabel('E-mail'));
    await keyboard.type(PEOPLE.admin.email);
    await tabTo(page, page.getByLabel('Password', { exact: true }));
    await keyboard.type(PASSWORD);
    await keyboard.press('Enter');
    await page.waitForURL('**/sources');
    await expectVisible(page.getByRole('row', { name: /Growth/ }));

    await page.reload();
    await expectVisible(page.getByRole('row', { name: /Growth/ }));
    await tabTo(page, page.getByRole('link', { name: 'Skip to the content' }));
    await shot('keyboard-skip-link');
    await keyboard.press('Enter');
    await expectFocus(page.getByRole('main'));
    await keyboard.press('Tab');
    await expectFocus(page.getByRole('link', { name: 'Add source' }));
    await checkFocus(page);

    const main = page.getByRole('navigation', { name: 'Main' });
    const places = [
      ['Settings', 'Layers', 'Shift+Tab'],
      ['Catalog', 'Catalog', 'Shift+Tab'],
      ['Sources', 'Sources', 'Shift+Tab'],
      ['Explorer', 'Explorer', 'Tab'],
    ] as const;
    for (const [place, title, key] of places) {
      const link = main.getByRole('link', { name: place });
      await tabTo(page, link, key);
      await keyboard.press('Enter');
      await expect.poll(() => page.title()).toMatch(new RegExp(`^${title} · `));
      expect(await link.getAttribute('aria-current')).toBe('page');
    }
  });

  it('somebody runs a source and opens its run', async () => {
    const { page } = await openApp({ path: '/sources' });
    const { keyboard } = page;
    const row = page.getByRole('row', { name: /Growth/ });
    await expectVisible(row);
    const arrow = row.getByRole('button', { name: 'Run Growth now' });
    await tabTo(page, arrow);
    await keyboard.press('Space');
    await expectVisible(page.getByText('Growth: the run ended. Success.'));
    // The arrow keeps the focus while it cannot be pressed.
    await expectFocus(arrow);
    await tabTo(page, row.getByRole('link', { name: 'Success' }), 'Shift+Tab');
    await keyboard.press('Enter');
    await expectVisible(page.getByRole('heading', { level: 1, name: 'Run of Growth' }));
    await tabTo(page, page.getByRole('textbox', { name: 'Search the log' }));
    await keyboard.type('nothing has this');
    await expectVisible(page.getByText('No line matches.'));
  });

  it('somebody finds a table in the catalog', async () => {
    const { page, shot } = await openApp({ path: '/catalog' });
    const { keyboard } = page;
    const tree = page.getByRole('navigation', { name: 'Tables' });
    const folder = tree.getByRole('button', { name: /growth/ });
    await expectVisible(folder);
    await tabTo(page, folder);
    expect(await folder.getAttribute('aria-expanded')).toBe('true');
    await keyboard.press('Enter');
    expect(await folder.getAttribute('aria-expanded')).toBe('false');
    await keyboard.press('Space');
    const table = tree.getByRole('link', { name: /charts_metadata/ });
    await tabTo(page, table);
    await shot('keyboard-catalog');
    await keyboard.press('Enter');
    await page.waitForURL('**/catalog/raw/charts_metadata');
    const tabs = page.getByRole('tablist').getByRole('tab');
    const [first, second] = [tabs.nth(0), tabs.nth(1)];
    await expectVisible(first);
    await tabTo(page, first);
    await keyboard.press('ArrowRight');
    await expectFocus(second);
    await expect.poll(() => second.getAttribute('aria-selected')).toBe('true');
  });

  it('dialogs and menus hold the focus, and give it back to what opened them', async () => {
    const { page, shot } = await openApp({ path: `/sources/${source.id}` });
    const { keyboard } = page;
    const more = page.getByRole('button', { name: 'More actions' });
    await expectVisible(more);
    await tabTo(page, more);
    await keyboard.press('Enter');
    await expectFocus(page.getByRole('menuitem', { name: 'Duplicate' }));
    await keyboard.press('Escape');
    await expectFocus(more);
    await keyboard.press('Enter');
    await expectFocus(page.getByRole('menuitem', { name: 'Duplicate' }));
    await keyboard.press('ArrowDown');
    await expectFocus(page.getByRole('menuitem', { name: 'Delete' }));
    await keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Delete Growth?' });
    await expectVisible(dialog);
    for (let stop = 0; stop < 8; stop += 1) {
      await keyboard.press('Tab');
      await checkFocus(page);
      expect(await dialog.locator(':focus').count()).toBe(1);
    }
    await shot('keyboard-dialog');
    await keyboard.press('Escape');
    await expectGone(dialog);
    await expectFocus(more);
    await checkFocus(page);

    await page.goto(`/sources/${source.id}/settings`);
    const duplicate = page.getByRole('button', { name: 'Duplicate', exact: true });
    await expectVisible(duplicate);
    await tabTo(page, duplicate);
    await keyboard.press('Enter');
    await expectVisible(page.getByRole('dialog', { name: 'Duplicate source' }));
    await expectFocus(page.getByRole('textbox', { name: 'Name of the copy' }));
    await keyboard.press('Escape');
    await expectFocus(duplicate);
  });

  it('somebody with a narrow window opens the navigation, and never gets lost behind it', async () => {
    const { page, shot } = await openApp({ path: '/sources', width: 360, height: 720 });
    const { keyboard } = page;
    const open = page.getByRole('button', { name: 'Open the navigation' });
    await expectVisible(open);
    await expectVisible(page.getByRole('link', { name: 'Growth' }));
    await tabTo(page, page.getByRole('link', { name: 'Add source' }));
    await tabTo(page, open, 'Shift+Tab');
    await keyboard.press('Enter');
    const catalog = page
      .getByRole('navigation', { name: 'Main' })
      .getByRole('link', { name: 'Catalog' });
    await tabTo(page, catalog);
    await shot('keyboard-narrow-navigation');
    await keyboard.press('Escape');
    await expectGone(catalog);
    await expectFocus(open);
    await keyboard.press('Enter');
    await tabTo(page, catalog);
    await keyboard.press('Enter');
    await page.waitForURL('**/catalog');
    await expectGone(catalog);
  });
});
