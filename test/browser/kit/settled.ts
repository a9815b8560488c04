import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** Waits until nothing on the screen says any more that it is loading. */
export async function settled(page: Page): Promise<void> {
  const signs = page.locator('.mantine-Skeleton-root, [aria-busy=true]');
  await expect.poll(() => signs.count(), { interval: 30, timeout: 15_000 }).toBe(0);
}
