import type { BrowserContext, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import type { Simulator } from '../../../src/simulator/simulator.ts';
import type { Role } from '../../../src/state/actor.ts';
import type { ServiceUnderTest } from '../../service/running-service.ts';
import { checkPage } from './accessibility.ts';
import { fileBrowser } from './file-browser.ts';
import { fileService } from './file-service.ts';
import {
  type Allow,
  allowStatus,
  describeProblems,
  type PageProblem,
  watchPage,
} from './page-problems.ts';
import { failureFile, screenFile } from './screens.ts';
import { signIn } from './sign-in.ts';

/** Shorter than the time limit of a test, so that what was waited for is said. In ms. */
const WAIT_MS = 15_000;

export interface OpenAppOptions {
  /** Who is signed in, as `PEOPLE` has them; null: nobody. Default: admin. */
  readonly role?: Role | null;
  /** The address that is opened, such as `/catalog`. Default: `/`. */
  readonly path?: string;
  /** Default: light. */
  readonly colorScheme?: 'light' | 'dark';
  /** Of the window, in px. Default: 1280 × 800. */
  readonly width?: number;
  readonly height?: number;
  /** Default: en-US. */
  readonly locale?: string;
  /** Default: Europe/Berlin. */
  readonly timezoneId?: string;
  /** Whether things move. Default: they do not, so that screenshots and axe see where they end. */
  readonly motion?: boolean;
  /** Errors of the page that this test expects; see `allowStatus`. All others fail it. */
  readonly allow?: Allow;
}

/** The web app, open in a browser, over a service of the test file's own. */
export interface OpenedApp {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly service: ServiceUnderTest;
  readonly simulator: Simulator;
  /** Opens another address of the app, such as `/settings/users`. */
  goto(path: string): Promise<void>;
  /** Takes a picture into `test-output/screens`; of what the window shows, unless the whole page is asked for. */
  shot(name: string, options?: { readonly fullPage?: boolean }): Promise<void>;
  /** Fails on any violation of WCAG 2.2 AA in what the page shows now. */
  checkAccessibility(): Promise<void>;
  /** From now on, also allows these errors of the page. */
  allow(allow: Allow): void;
}

/**
 * Opens the web app in a new context of the file's browser. When the test has ended, all is closed; it
 * fails if the page had errors, and then there is a picture of the page in `test-output/failures`.
 */
export async function openApp(options: OpenAppOptions = {}): Promise<OpenedApp> {
  const { role = 'admin', path = '/', width = 1280, height = 800 } = options;
  const [browser, service] = await Promise.all([fileBrowser(), fileService()]);
  const context = await browser.newContext({
    baseURL: service.url,
    viewport: { width, height },
    colorScheme: options.colorScheme ?? 'light',
    locale: options.locale ?? 'en-US',
    timezoneId: options.timezoneId ?? 'Europe/Berlin',
    reducedMotion: options.motion === true ? 'no-preference' : 'reduce',
  });
  context.setDefaultTimeout(WAIT_MS);
  const page = await context.newPage();
  const problems = watchPage(page, service.url);
  // Who asks "who am I" before anybody is signed in is told with an error.
  const allowed: Allow[] = role === null ? [allowStatus(401)] : [];
  if (options.allow !== undefined) allowed.push(options.allow);
  endWithTest(page, context, () =>
    problems.filter((problem) => !allowed.some((allow) => allow(problem))),
  );
  if (role !== null) await signIn(service, context, role);
  await page.goto(path);
  return {
    page,
    context,
    service,
    simulator: service.simulator,
    async goto(to) {
      await page.goto(to);
    },
    async shot(name, { fullPage = false } = {}) {
      await page.screenshot({ path: screenFile(name), fullPage });
    },
    checkAccessibility: () => checkPage(page),
    allow(allow) {
      allowed.push(allow);
    },
  };
}

function endWithTest(
  page: Page,
  context: BrowserContext,
  problems: () => readonly PageProblem[],
): void {
  onTestFinished(async ({ task }) => {
    const found = problems();
    if (task.result?.state === 'fail' || found.length > 0) {
      const file = failureFile(task.name);
      await page.screenshot({ path: file });
      process.stderr.write(`The page when the test failed: ${file}\n`);
    }
    await context.close();
    if (found.length > 0) throw new Error(`The page had errors:\n${describeProblems(found)}`);
  });
}
