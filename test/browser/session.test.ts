import type { BrowserContext, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ServiceUnderTest } from '../service/running-service.ts';
import { accountOf } from '../service/running-service.ts';
import { expectGone, expectVisible } from './kit/expect-visible.ts';
import { fileService } from './kit/file-service.ts';
import { openApp } from './kit/open-app.ts';
import { type Allow, allowStatus } from './kit/page-problems.ts';
import { CHARTS, type SeededSource, seedSource } from './kit/seeds.ts';
import { ensurePerson, PASSWORD, PEOPLE } from './kit/sign-in.ts';

const ADA = PEOPLE.admin.email;

/** What the console has where there is no network: each request, and what React says of a screen without code. */
const allowOffline: Allow = ({ kind, text }) =>
  kind === 'console error' && /ERR_INTERNET_DISCONNECTED|^NetworkFailure/.test(text);

/** Asks the service for something small; `TypeError` is what `fetch` says where there is no network. */
const ASK = `fetch('/healthz', { signal: AbortSignal.timeout(1_000) }).then(() => 'answered', ({ name }) => name)`;

/** Until requests fail: a page is told first, and on a busy machine what it sends then still gets through. */
async function goOffline(page: Page): Promise<void> {
  await page.context().setOffline(true);
  await expect.poll(() => page.evaluate<string>(ASK), { interval: 30 }).toBe('TypeError');
}

let service: ServiceUnderTest;
let source: SeededSource;

beforeAll(async () => {
  service = await fileService();
  await ensurePerson(service, 'admin');
  source = await seedSource(service, { name: 'Growth', run: false });
});

describe('signing in', () => {
  it('says what is wrong, keeps the e-mail, and leads to where somebody wanted to go', async () => {
    const { page, shot, checkAccessibility } = await openApp({
      role: null,
      path: '/settings/audit?action=session.created',
    });
    await page.waitForURL('**/sign-in?*');
    await signIn(page, ADA, 'not the password');
    const problem = page.getByRole('alert');
    await expectVisible(problem.getByText('E-mail address and password do not belong together.'));
    await checkAccessibility();
    await shot('session-wrong-password');
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/settings/audit?action=session.created');
    await expectVisible(page.getByRole('heading', { level: 1 }));
  });

  it.each(['//evil.example', '/sign-in'])('never leads to %s', async (next) => {
    const path = `/sign-in?next=${encodeURIComponent(next)}`;
    const { page } = await openApp({ role: null, path });
    await signIn(page, ADA, PASSWORD);
    await page.waitForURL(`${service.url}/sources`);
    await expectVisible(page.getByRole('heading', { level: 1, name: 'Sources' }));
  });

  it('says for how long an account is locked after too many attempts', async () => {
    const email = 'guessed@example.com';
    const guess = () => service.api('POST', '/session', { email, password: 'a guess' }, {});
    await Promise.all(Array.from({ length: 10 }, guess));
    const { page, shot, checkAccessibility } = await openApp({
      role: null,
      path: '/sign-in',
      allow: allowStatus(429),
    });
    await signIn(page, email, PASSWORD);
    await expectVisible(page.getByText('There were too many attempts to sign in.'));
    const button = page.getByRole('button', { name: /^Try again in 1[45]m/ });
    await expectVisible(button);
    expect(await button.isDisabled()).toBe(true);
    await checkAccessibility();
    await shot('session-locked');
    // The limit is that account's, not everybody's.
    await page.getByLabel('E-mail').fill(ADA);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL('**/sources');
  });
});

describe('an invitation', () => {
  it('lets somebody choose their password by its link, once', async () => {
    const person = { name: 'Hedy Lamarr', email: 'hedy@example.com', role: 'viewer' };
    const { body } = await service.api('POST', '/users', person);
    const { pathname, hash } = new URL(body.invitation.link);
    const { page, context, shot, checkAccessibility, allow } = await openApp({
      role: null,
      path: `${pathname}${hash}`,
    });
    const field = page.getByLabel('Password', { exact: true });
    await field.fill('too short');
    await page.getByRole('button', { name: 'Set password' }).click();
    await expectVisible(page.getByText('It needs 12 characters or more.'));
    await checkAccessibility();
    await shot('session-invitation');
    await field.fill(PASSWORD);
    await page.getByRole('button', { name: 'Set password' }).click();
    await expectVisible(page.getByRole('heading', { name: 'Your password is set' }));
    expect(new URL(page.url()).hash).toBe('');
    await checkAccessibility();
    await shot('session-invitation-accepted');
    await page.getByLabel('E-mail').fill(person.email);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL('**/sources');
    await expectVisible(page.getByRole('button', { name: /Hedy Lamarr/ }));

    allow(allowStatus(403));
    await context.clearCookies();
    await page.goto(`${pathname}${hash}`);
    await field.fill(PASSWORD);
    await page.getByRole('button', { name: 'Set password' }).click();
    await expectVisible(page.getByText('The invitation does not hold.'));
    await checkAccessibility();
    await shot('session-invitation-used');
  });
});

describe('signing out', () => {
  it('ends the session, and the back button shows nothing of it', async () => {
    const { page, context, allow } = await openApp({ path: '/sources' });
    await expectVisible(page.getByRole('row', { name: /Growth/ }));
    const cookie = await cookieOf(context);
    await page.getByRole('button', { name: /Ada Lovelace/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.waitForURL('**/sign-in');
    expect((await service.api('GET', '/session', undefined, { cookie })).status).toBe(401);
    allow(allowStatus(401));
    await page.goBack();
    await page.waitForURL('**/sign-in*');
    await expectVisible(page.getByRole('button', { name: 'Sign in' }));
    expect(await page.getByText('Growth').count()).toBe(0);
  });
});

describe('a session that ends while somebody works', () => {
  it('is begun anew in place: what they were saving is saved', async () => {
    const { page, context, shot, checkAccessibility } = await openApp({
      path: `/sources/${source.id}/settings`,
      allow: allowStatus(401),
    });
    const text = 'Typed before the session ended';
    await page.getByLabel('Description').fill(text);
    await endSession(context);
    await page.getByRole('button', { name: 'Save' }).click();
    const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
    await expectVisible(dialog);
    expect(await dialog.getByLabel('E-mail').inputValue()).toBe(ADA);
    await expect.poll(() => focused(page)).toBe('password');
    await checkAccessibility();
    await shot('session-ended');
    await page.keyboard.press('Escape');
    await page.keyboard.type('not the password');
    await page.keyboard.press('Enter');
    await expectVisible(dialog.getByText('E-mail address and password do not belong together.'));
    await shot('session-ended-wrong-password');
    await dialog.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.keyboard.press('Enter');
    await expectGone(dialog);
    await expectVisible(page.getByText('Growth was saved'));
    expect(await page.getByLabel('Description').inputValue()).toBe(text);
    const saved = await service.api('GET', `/sources/${source.id}`);
    expect(saved.body.description).toBe(text);
  });

  it('loses nothing of a source that is being added', async () => {
    const { page, context } = await openApp({
      path: '/sources/add/connector',
      allow: allowStatus(401),
    });
    await page.getByRole('radio', { name: /Amplitude/ }).check();
    await page.getByRole('button', { name: 'Next' }).click();
    const account = accountOf(service.simulator, []);
    await page.getByRole('textbox', { name: 'API Key' }).fill(account.api_key);
    await page.getByRole('textbox', { name: 'Secret Key' }).fill(account.secret_key);
    await page.getByRole('textbox', { name: 'Chart IDs' }).fill(CHARTS.join(' '));
    await page.keyboard.press('Enter');
    await endSession(context);
    await page.getByRole('button', { name: 'Next' }).click();
    const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
    await dialog.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/sources/add/streams');
    await expectVisible(page.getByRole('checkbox', { name: new RegExp(`chart_${CHARTS[0]}`) }));
  });

  it('goes on by itself when they sign in again in another window', async () => {
    const { page, context } = await openApp({ path: '/sources', allow: allowStatus(401) });
    await expectVisible(page.getByRole('row', { name: /Growth/ }));
    await context.clearCookies();
    await page.getByRole('button', { name: 'Run Growth now' }).click();
    const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
    await expectVisible(dialog);
    const other = await context.newPage();
    await other.goto('/sign-in');
    await signIn(other, ADA, PASSWORD);
    await other.waitForURL('**/sources');
    // A window without a screen is never hidden: this is what coming back to it does.
    await page.evaluate("window.dispatchEvent(new Event('visibilitychange'))");
    await expectGone(dialog);
    await expectVisible(page.getByRole('link', { name: 'Success' }));
  });

  it('is noticed by a run that is watched live, which is then shown to its end', async () => {
    service.simulator.setFault(CHARTS[0], { kind: 'hang' });
    const { body: run } = await service.api('POST', `/sources/${source.id}/runs`);
    const { page, context } = await openApp({
      role: 'admin',
      path: '/catalog',
      allow: allowStatus(401),
    });
    // The first connection breaks off as soon as it is there.
    await page.route(
      '**/events',
      (route) => route.fulfill({ contentType: 'text/event-stream', body: 'retry: 10\n\n' }),
      { times: 1 },
    );
    await page.route(
      '**/events',
      async (route) => {
        await endSession(context);
        await route.fallback();
      },
      { times: 1 },
    );
    await page.goto(`/runs/${run.id}`);
    const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
    await dialog.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.keyboard.press('Enter');
    await expectGone(dialog);
    await expectVisible(page.getByText('Requesting').first());
    await expectGone(page.getByText('Connection lost, trying again'));
    await service.api('POST', `/runs/${run.id}/cancel`);
    await expectVisible(page.getByText('Canceled').first());
    service.simulator.setFault(CHARTS[0], null);
  });
});

describe('without an answer', () => {
  it('the app says that it is offline, keeps what was typed, and goes on later', async () => {
    await service.api('PATCH', `/sources/${source.id}`, { description: 'Typed before' });
    const { page, context, shot, checkAccessibility } = await openApp({
      path: `/sources/${source.id}/settings`,
      allow: allowOffline,
    });
    const text = 'Typed without a network';
    await page.getByLabel('Description').fill(text);
    await goOffline(page);
    const offline = page.getByRole('status').getByText(/^You are offline/);
    await expectVisible(offline);
    await page.getByRole('button', { name: 'Save' }).click();
    const failure = page.getByRole('alert').getByText('You are offline.');
    await expectVisible(failure);
    await checkAccessibility();
    await expectVisible(offline);
    await shot('session-offline');
    expect(await page.getByLabel('Description').inputValue()).toBe(text);
    await context.setOffline(false);
    await expectGone(offline);
    await page.getByRole('button', { name: 'Save' }).click();
    await expectVisible(page.getByText('Growth was saved'));
    await expectGone(failure);
  });

  it('a screen that cannot be loaded says so, and is there once it can', async () => {
    const { page, context, shot, checkAccessibility } = await openApp({
      path: '/sources',
      isNew: true,
      allow: allowOffline,
    });
    await expectVisible(page.getByRole('row', { name: /Growth/ }));
    await goOffline(page);
    await page.getByRole('link', { name: 'Catalog' }).click();
    await expectVisible(page.getByRole('alert').getByText('You are offline.'));
    await checkAccessibility();
    await shot('session-offline-screen');
    await context.setOffline(false);
    await expectVisible(page.getByRole('heading', { level: 1, name: 'Catalog' }));
  });

  it('a run that is watched live is found again after errors on the way', async () => {
    service.simulator.setFault(CHARTS[0], { kind: 'hang' });
    const { body: run } = await service.api('POST', `/sources/${source.id}/runs`);
    const { page, shot, checkAccessibility } = await openApp({
      path: '/catalog',
      allow: allowStatus(502),
    });
    await page.route('**/events', (route) => route.fulfill({ status: 502, body: 'no upstream' }));
    await page.goto(`/runs/${run.id}`);
    const lost = page.getByText('Connection lost, trying again');
    await expectVisible(lost);
    await checkAccessibility();
    await shot('session-run-lost');
    await page.unroute('**/events');
    await expectGone(lost);
    await expectVisible(page.getByText('Requesting').first());
    await service.api('POST', `/runs/${run.id}/cancel`);
    await expectVisible(page.getByText('Canceled').first());
    service.simulator.setFault(CHARTS[0], null);
  });
});

async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Ends the session of a browser without its knowledge: it still sends its cookie. */
async function endSession(context: BrowserContext): Promise<void> {
  const cookie = await cookieOf(context);
  const { status } = await service.api('DELETE', '/session', undefined, {
    cookie,
    origin: service.url,
  });
  if (status !== 204) throw new Error(`The session goes on: ${status}`);
}

async function cookieOf(context: BrowserContext): Promise<string> {
  const cookies = await context.cookies();
  return cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
}

/** The name of the field that has the focus. */
function focused(page: Page): Promise<string | null> {
  return page.locator(':focus').getAttribute('name');
}
