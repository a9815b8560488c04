import type { CDPSession, Page } from 'playwright-core';

const sessions = new WeakMap<Page, Promise<CDPSession>>();

/**
 * The page's DevTools, for what Playwright does in a dearer way. The session lasts as long as the page: its end
 * would end what Playwright emulates in it, such as that it is offline.
 */
export function devtools(page: Page): Promise<CDPSession> {
  const known = sessions.get(page) ?? page.context().newCDPSession(page);
  sessions.set(page, known);
  return known;
}
