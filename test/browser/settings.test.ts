import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ServiceUnderTest } from '../service/running-service.ts';
import { expectGone, expectVisible } from './kit/expect-visible.ts';
import { fileService } from './kit/file-service.ts';
import { openApp } from './kit/open-app.ts';
import { seedSource } from './kit/seeds.ts';
import { ensurePerson, PASSWORD, PEOPLE } from './kit/sign-in.ts';

beforeAll(async () => {
  const service = await fileService();
  await seedSource(service, { charts: ['q7m2xk4p'], fields: { folder: 'growth' } });
  await ensurePerson(service, 'editor');
  await ensurePerson(service, 'viewer');
});

describe('layers', () => {
  it('are added, renamed and removed; one with tables stays', async () => {
    const { page, service, shot, checkAccessibility } = await openApp({ path: '/settings/layers' });
    await expectVisible(page.getByRole('row', { name: /Raw/ }).getByText('growth'));
    const removeRaw = page.getByRole('button', { name: 'Remove Raw' });
    expect(await removeRaw.getAttribute('aria-disabled')).toBe('true');
    await shot('settings-layers');
    await checkAccessibility();
    await page.getByRole('button', { name: 'Add layer' }).click();
    const add = page.getByRole('dialog', { name: 'Add layer' });
    await add.getByRole('textbox').fill('2nd_layer');
    await expectVisible(add.getByText('A name does not begin with a digit.'));
    await shot('settings-layer-add');
    await checkAccessibility();
    await add.getByRole('textbox').fill('marketing');
    await add.getByRole('button', { name: 'Add layer' }).click();
    await expectGone(add);
    await page.getByRole('button', { name: 'Rename Marketing' }).click();
    const rename = page.getByRole('dialog', { name: 'Rename layer Marketing' });
    await rename.getByRole('textbox').fill('campaigns');
    await expectVisible(rename.getByText('It holds no tables yet, so no query changes.'));
    await shot('settings-layer-rename');
    await rename.getByRole('button', { name: 'Rename' }).click();
    await expectGone(rename);
    expect(await layerNames(service)).toContain('campaigns');
    await page.getByRole('button', { name: 'Remove Campaigns' }).click();
    const remove = page.getByRole('dialog', { name: 'Remove layer Campaigns?' });
    await expectVisible(remove.getByText(/^Campaigns is empty/));
    await shot('settings-layer-remove');
    await checkAccessibility();
    await remove.getByRole('button', { name: /Remove/ }).click();
    await expectGone(remove);
    expect(await layerNames(service)).toEqual(['raw', 'trusted', 'service']);
  });
});

describe('API tokens', () => {
  it('are made, shown once, and revoked', async () => {
    const { page, service, shot, checkAccessibility } = await openApp({ path: '/settings/tokens' });
    await expectVisible(page.getByText('No tokens yet'));
    await shot('settings-tokens-none');
    await checkAccessibility();
    await page.getByRole('button', { name: 'Make token' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('What is it for?').fill('Nightly export');
    await shot('settings-token-make');
    await checkAccessibility();
    await dialog.getByRole('button', { name: 'Make token' }).click();
    await expectVisible(dialog.getByText('Copy it now: it is not shown again.'));
    const secret = (await dialog.locator('code').first().textContent()) ?? '';
    const asked = () => service.api('GET', '/session', undefined, bearer(secret));
    expect((await asked()).body.role).toBe('viewer');
    await shot('settings-token-shown');
    await checkAccessibility();
    await dialog.getByRole('button', { name: 'Done' }).click();
    const row = page.getByRole('row', { name: /Nightly export/ });
    await expectVisible(row.getByText('Works'));
    await page.reload();
    await expectVisible(row);
    expect(await page.content()).not.toContain(secret);
    await shot('settings-tokens');
    await row.getByRole('button', { name: 'Revoke Nightly export' }).click();
    const revoke = page.getByRole('dialog', { name: 'Revoke Nightly export?' });
    await expectVisible(revoke.getByText(/stops working at once/));
    await revoke.getByRole('button', { name: 'Revoke' }).click();
    await expectGone(revoke);
    expect((await asked()).status).toBe(401);
  });
});

describe('users', () => {
  it('are invited by a link that sets their password', async () => {
    const { page, service, shot, checkAccessibility } = await openApp({ path: '/settings/users' });
    await expectVisible(page.getByRole('row', { name: /Vera Rubin/ }));
    await shot('settings-users');
    await checkAccessibility();
    await page.getByRole('button', { name: 'Add user' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name', { exact: true }).fill('Mary Somerville');
    await dialog.getByLabel('E-mail').fill('mary@example.com');
    await dialog.getByRole('radio', { name: /^Editor/ }).click();
    await shot('settings-user-add');
    await checkAccessibility();
    await dialog.getByRole('button', { name: 'Add and make a link' }).click();
    await expectVisible(dialog.getByText(/It works once and is not shown again/));
    const link = (await dialog.locator('code').first().textContent()) ?? '';
    await shot('settings-user-invitation');
    await checkAccessibility();
    await dialog.getByRole('button', { name: 'Done' }).click();
    const row = page.getByRole('row', { name: /Mary Somerville.*Editor/ });
    await expectVisible(row.getByText('Invited'));
    await shot('settings-user-invited');
    const { pathname, hash } = new URL(link);
    const guest = await openApp({ role: null, path: `${pathname}${hash}` });
    await guest.page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await guest.page.getByRole('button', { name: 'Set password' }).click();
    await expectVisible(guest.page.getByText('Your password is set'));
    await page.reload();
    await expectVisible(row.getByText('Active'));
    expect(await signInStatus(service, 'mary@example.com', PASSWORD)).toBe(200);
  });

  it('get another role and another password, and are disabled', async () => {
    const { page, service, shot, checkAccessibility } = await openApp({ path: '/settings/users' });
    const { email } = PEOPLE.viewer;
    const row = page.getByRole('row', { name: /Vera Rubin/ });
    await choose(page, row, 'Change role');
    const role = page.getByRole('dialog', { name: 'Role of Vera Rubin' });
    await role.getByRole('radio', { name: /^Editor/ }).click();
    await shot('settings-user-role');
    await checkAccessibility();
    await role.getByRole('button', { name: 'Change role' }).click();
    await expectVisible(row.getByText('Editor'));
    await choose(page, row, 'Set a password');
    const password = page.getByRole('dialog', { name: 'New password for Vera Rubin' });
    await password.getByLabel('Password', { exact: true }).fill('another long enough phrase');
    await shot('settings-user-password');
    await checkAccessibility();
    await password.getByRole('button', { name: 'Set password' }).click();
    await expectGone(password);
    expect(await signInStatus(service, email, PASSWORD)).toBe(401);
    expect(await signInStatus(service, email, 'another long enough phrase')).toBe(200);
    await choose(page, row, 'Disable');
    const disable = page.getByRole('dialog', { name: 'Disable Vera Rubin?' });
    await expectVisible(disable.getByText(/is signed out at once/));
    await shot('settings-user-disable');
    await checkAccessibility();
    await disable.getByRole('button', { name: 'Disable' }).click();
    await expectVisible(row.getByText('Disabled'));
    expect(await signInStatus(service, email, 'another long enough phrase')).not.toBe(200);
    await choose(page, row, 'Enable');
    await expectVisible(row.getByText('Active'));
  });
});

describe('the audit trail', () => {
  it('says who did what, and is narrowed by filters that its address keeps', async () => {
    const { api } = await fileService();
    const { body } = await api('GET', '/sources?text=Growth');
    await api('PATCH', `/sources/${body.items[0].id}`, { description: 'The weekly numbers' });
    const { page, shot, checkAccessibility } = await openApp({ path: '/settings/audit' });
    const list = page.getByRole('list', { name: 'Audit trail' });
    await list.getByRole('button', { name: /changed the description of source Growth$/ }).click();
    await expectVisible(list.getByText(/nothing.*The weekly numbers/));
    await expectVisible(list.getByText(/added source Growth/));
    await shot('settings-audit');
    await checkAccessibility();
    await page.getByRole('combobox', { name: 'On' }).click();
    await page.getByRole('option', { name: 'Layers' }).click();
    await expectGone(list.getByText(/added source Growth/));
    await expectVisible(list.getByText(/renamed layer|added layer/).first());
    expect(new URL(page.url()).searchParams.get('kind')).toBe('layer');
    await list
      .getByRole('button', { name: /^Details/ })
      .first()
      .click();
    await expectVisible(list.getByText('Request').first());
    await shot('settings-audit-filtered');
    await checkAccessibility();
    await page.reload();
    await expectVisible(list.getByText(/removed layer/));
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await expectVisible(list.getByText(/added source Growth/));
  });
});

describe('the other settings', () => {
  it('tell what is running', async () => {
    const { page, shot, checkAccessibility } = await openApp({ path: '/settings/about' });
    await expectVisible(page.getByText('Ready'));
    await expectVisible(page.getByRole('link', { name: '/api/docs' }));
    await shot('settings-about');
    await checkAccessibility();
  });

  it('let an editor see no more than an editor may', async () => {
    const { page, shot, checkAccessibility } = await openApp({
      path: '/settings/layers',
      role: 'editor',
    });
    await expectVisible(page.getByRole('button', { name: 'Add layer' }));
    const sections = page.getByRole('navigation', { name: 'Settings' }).getByRole('link');
    expect(await sections.allTextContents()).toEqual([
      'Layers',
      'API tokens',
      'Your account',
      'About',
    ]);
    await page.goto('/settings/users');
    await expectVisible(page.getByText('Only administrators see this'));
    await shot('settings-users-of-others');
    await checkAccessibility();
  });

  it('let a viewer look at the layers, and change their own password', async () => {
    const service = await fileService();
    const viewer = { name: 'Ida Noddack', email: 'ida@example.com', role: 'viewer' };
    await service.api('POST', '/users', { ...viewer, password: PASSWORD });
    const { page, shot, checkAccessibility } = await openApp({ role: null, path: '/sign-in' });
    await page.getByLabel('E-mail').fill(viewer.email);
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL('**/sources');
    await page.goto('/settings/layers');
    await expectVisible(page.getByText(/Viewers cannot change layers/));
    expect(await page.getByRole('button', { name: /Add layer|Rename|Remove/ }).count()).toBe(0);
    await shot('settings-layers-viewer');
    await checkAccessibility();
    await page.goto('/settings/account');
    await page.getByLabel('Current password').fill(PASSWORD);
    await page.getByLabel('New password').fill('another long enough phrase');
    await page.getByRole('button', { name: 'Change password' }).click();
    await expectVisible(page.getByText('Your password is changed.'));
    expect(await signInStatus(service, viewer.email, 'another long enough phrase')).toBe(200);
    await shot('settings-account');
    await checkAccessibility();
  });
});

async function layerNames(service: ServiceUnderTest): Promise<string[]> {
  const { body } = await service.api('GET', '/layers');
  return body.items.map(({ name }: { readonly name: string }) => name);
}

async function signInStatus(service: ServiceUnderTest, email: string, password: string) {
  return (await service.api('POST', '/session', { email, password }, {})).status;
}

function bearer(token: string) {
  return { Authorization: `Bearer ${token}` };
}

async function choose(page: Page, row: Locator, item: string): Promise<void> {
  await row.getByRole('button', { name: /^Actions for/ }).click();
  await page.getByRole('menuitem', { name: item }).click();
}
