import type { Locator } from 'playwright-core';

/**
 * Waits until exactly one element that matches is visible.
 *
 * @throws Error that says what else is on the page
 */
export async function expectVisible(locator: Locator): Promise<void> {
  try {
    await locator.waitFor({ state: 'visible' });
  } catch (error) {
    const text = await locator.page().locator('body').ariaSnapshot();
    throw new Error(`Not visible: ${locator}\nThe page has:\n${text.slice(0, 4000)}`, {
      cause: error,
    });
  }
}

/** Waits until nothing that matches is visible. */
export async function expectGone(locator: Locator): Promise<void> {
  await locator.waitFor({ state: 'hidden' });
}
