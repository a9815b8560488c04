import { type Browser, chromium } from 'playwright-core';
import { afterAll, inject } from 'vitest';
import { isRoot } from '../../../scripts/chromium.ts';

/** Chromium is to do nothing but what a test asks; Playwright adds more of the kind, and a profile of its own. */
const FLAGS = [
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
  // Nothing has an address but the services of tests.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

let browser: Promise<Browser> | undefined;

/** The Chromium of this test file. */
export function fileBrowser(): Promise<Browser> {
  browser ??= chromium.launch({
    executablePath: inject('chromium'),
    args: FLAGS,
    headless: true,
    // It does not work for root.
    chromiumSandbox: !isRoot(),
  });
  return browser;
}

afterAll(async () => {
  await (await browser)?.close();
});
