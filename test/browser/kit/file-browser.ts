import { type Browser, chromium } from 'playwright-core';
import { afterAll, inject } from 'vitest';
import { CHROMIUM_FLAGS, isRoot } from '../../../scripts/chromium.ts';

let browser: Promise<Browser> | undefined;

/** The Chromium of this test file. */
export function fileBrowser(): Promise<Browser> {
  browser ??= chromium.launch({
    executablePath: inject('chromium'),
    args: [...CHROMIUM_FLAGS],
    headless: true,
    // It does not work for root.
    chromiumSandbox: !isRoot(),
  });
  return browser;
}

afterAll(async () => {
  await (await browser)?.close();
});
