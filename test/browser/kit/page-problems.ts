import type { Page } from 'playwright-core';

/** Something that a page of a test must not do. */
export interface PageProblem {
  readonly kind: 'uncaught error' | 'console error' | 'request to another host';
  readonly text: string;
  /** What it is about: for a request that failed, its address; empty if that is not known. */
  readonly url: string;
}

/** Whether a test expects a problem. */
export type Allow = (problem: PageProblem) => boolean;

/** Allows the line that Chromium's console has for each answer with one of these statuses. */
export function allowStatus(...statuses: readonly number[]): Allow {
  return ({ kind, text }) =>
    kind === 'console error' &&
    statuses.some((status) => text.includes(`responded with a status of ${status}`));
}

/** Collects the problems of a page from now on. The browser lets no request to another host out (`file-browser.ts`). */
export function watchPage(page: Page, url: string): readonly PageProblem[] {
  const problems: PageProblem[] = [];
  page.on('pageerror', (error) => {
    problems.push({ kind: 'uncaught error', text: error.stack ?? String(error), url: '' });
  });
  page.on('console', (message) => {
    if (message.type() !== 'error') return;
    problems.push({ kind: 'console error', text: message.text(), url: message.location().url });
  });
  const { host } = new URL(url);
  // Not by routes, with which Playwright turns the browser's cache off.
  page.on('request', (request) => {
    const address = new URL(request.url());
    if (!/^(https?|wss?):$/.test(address.protocol) || address.host === host) return;
    problems.push({ kind: 'request to another host', text: address.href, url: address.href });
  });
  return problems;
}

/** One line for each. */
export function describeProblems(problems: readonly PageProblem[]): string {
  return problems
    .map(
      ({ kind, text, url }) => `${kind}: ${text}${url === '' || url === text ? '' : ` (${url})`}`,
    )
    .join('\n');
}
