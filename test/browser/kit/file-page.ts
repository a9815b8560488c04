import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { devtools } from './devtools.ts';
import { workerBrowser } from './worker-browser.ts';

/** What a page is made with; the rest can be set later. */
export type PageOrigin = Pick<BrowserContextOptions, 'baseURL' | 'locale' | 'timezoneId'>;

export interface PageOfTest {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Closes it. One that `isGood`, as far as its test can say, may be emptied instead, for the next test. */
  release(isGood: boolean): Promise<void>;
}

/** Of the same origin as the app: a page that goes elsewhere gets another process, with nothing compiled. */
const RESTING_PLACE = '/icon.svg';

/** Where the pointer is on nothing. In px. */
const OUTSIDE = -10;

/** Pages that nobody has, one at most for each way to make one. */
const resting = new Map<string, PageOfTest>();

/**
 * A page in a context that has nothing of any test: one that an earlier test of this file released, else a new
 * one. The process of the former has the app compiled already, and opens it with less than half of the work.
 */
export async function takePage(origin: PageOrigin): Promise<PageOfTest> {
  const key = JSON.stringify(origin);
  const taken = resting.get(key) ?? (await newPage(origin));
  resting.delete(key);
  const { context, page } = taken;
  return {
    context,
    page,
    async release(isGood) {
      if (!isGood || resting.has(key)) return taken.release(isGood);
      await empty(context, page);
      resting.set(key, taken);
    },
  };
}

/** A page in a new context, which is closed when it is released. */
export async function newPage(origin: PageOrigin): Promise<PageOfTest> {
  const browser = await workerBrowser();
  const context = await browser.newContext({ ...origin, reducedMotion: 'reduce' });
  return { context, page: await context.newPage(), release: () => context.close() };
}

/** Closes the pages that nobody has. */
export async function closeRestingPages(): Promise<void> {
  const contexts = [...resting.values()].map(({ context }) => context);
  resting.clear();
  await Promise.all(contexts.map((context) => context.close()));
}

/** Takes all from a page and its context that a test can have left there. */
async function empty(context: BrowserContext, page: Page): Promise<void> {
  page.removeAllListeners();
  const others = context.pages().filter((other) => other !== page);
  await Promise.all([
    ...others.map((other) => other.close()),
    page.unrouteAll(),
    context.setOffline(false),
    context.clearPermissions(),
    context.clearCookies(),
  ]);
  await page.goto(RESTING_PLACE);
  await page.evaluate('localStorage.clear(); sessionStorage.clear()');
  await page.mouse.move(OUTSIDE, OUTSIDE);
  const client = await devtools(page);
  await client.send('Page.resetNavigationHistory');
}
