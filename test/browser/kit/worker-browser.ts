import { type Browser, chromium } from 'playwright-core';
import { inject } from 'vitest';
import { CHROMIUM_FLAGS, isRoot } from '../../../scripts/chromium.ts';

let browser: Promise<Browser> | undefined;

/** The Chromium of this worker, for all test files that it runs: it ends with the process. */
export function workerBrowser(): Promise<Browser> {
  browser ??= launch();
  return browser;
}

async function launch(): Promise<Browser> {
  const launched = await chromium.launch({
    executablePath: inject('chromium'),
    args: [...CHROMIUM_FLAGS],
    headless: true,
    // It does not work for root.
    chromiumSandbox: !isRoot(),
  });
  // One that crashed fails the test that had it, and no other.
  launched.once('disconnected', () => {
    browser = undefined;
  });
  return launched;
}
