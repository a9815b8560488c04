import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import type { Simulator } from '../../../src/simulator/simulator.ts';
import type { Role } from '../../../src/state/actor.ts';
import type { ServiceUnderTest } from '../../service/running-service.ts';
import { checkPage } from './accessibility.ts';
import { devtools } from './devtools.ts';
import { newPage, type PageOfTest, takePage } from './file-page.ts';
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
  /** Whether the page is a new one, with nothing cached, which init scripts may stay in. Default: false. */
  readonly isNew?: boolean;
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
 * Opens the web app in a page of the worker's browser that has nothing of other tests. A test fails if its page
 * had errors, and then there is a picture of the page in `test-output/failures`.
 */
export async function openApp(options: OpenAppOptions = {}): Promise<OpenedApp> {
  const { role = 'admin', path = '/', width = 1280, height = 800 } = options;
  const service = await fileService();
  const { locale = 'en-US', timezoneId = 'Europe/Berlin' } = options;
  const origin = { baseURL: service.url, locale, timezoneId };
  const taken = options.isNew ? await newPage(origin) : await takePage(origin);
  const { context, page } = taken;
  context.setDefaultTimeout(WAIT_MS);
  await page.setViewportSize({ width, height });
  await page.emulateMedia({
    colorScheme: options.colorScheme ?? 'light',
    reducedMotion: options.motion === true ? 'no-preference' : 'reduce',
  });
  const problems = watchPage(page, service.url);
  // Who asks "who am I" before anybody is signed in is told with an error.
  const allowed: Allow[] = role === null ? [allowStatus(401)] : [];
  if (options.allow !== undefined) allowed.push(options.allow);
  endWithTest(taken, () => problems.filter((problem) => !allowed.some((allow) => allow(problem))));
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
      if (fullPage) await page.screenshot({ path: screenFile(name), fullPage });
      else await takePicture(page, screenFile(name));
    },
    checkAccessibility: () => checkPage(page),
    allow(allow) {
      allowed.push(allow);
    },
  };
}

/** Of what the window shows, as `page.screenshot` does, in two thirds of the time: the file is larger. */
async function takePicture(page: Page, file: string): Promise<void> {
  // Else it may be of what was there before the last change.
  await page.evaluate(
    'new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))',
  );
  const client = await devtools(page);
  const { data } = await client.send('Page.captureScreenshot', { optimizeForSpeed: true });
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, data, 'base64');
}

function endWithTest({ page, release }: PageOfTest, problems: () => readonly PageProblem[]): void {
  onTestFinished(async ({ task }) => {
    const found = problems();
    const isGood = task.result?.state !== 'fail' && found.length === 0;
    if (!isGood) {
      const file = failureFile(task.name);
      await page.screenshot({ path: file });
      process.stderr.write(`The page when the test failed: ${file}\n`);
    }
    await release(isGood);
    if (found.length > 0) throw new Error(`The page had errors:\n${describeProblems(found)}`);
  });
}
