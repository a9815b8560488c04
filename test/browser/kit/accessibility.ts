import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, Result, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';
import { devtools } from './devtools.ts';

/** Less than half of what the package's own entry would put into each page. */
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** WCAG 2.2, levels A and AA, as axe names its rules. */
const WCAG_22_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Looks for inline styles that are `!important`, which React does not set: a tenth of the time for nothing. */
const UNNEEDED = { 'avoid-inline-spacing': { enabled: false } };

/**
 * Looks for violations of WCAG 2.2 AA in what a page shows now.
 *
 * @param rules only these, as axe names them; default: all of that level
 * @throws Error that lists each with where it is and how to mend it
 */
export async function checkPage(page: Page, rules?: readonly string[]): Promise<void> {
  const violations = await findViolations(page, {
    runOnly:
      rules === undefined
        ? { type: 'tag', values: WCAG_22_AA }
        : { type: 'rule', values: [...rules] },
    rules: UNNEEDED,
    // What is as it should be need not be described.
    resultTypes: ['violations'],
    // Pages have no frames, and no rule of this level reads style sheets.
    iframes: false,
    preload: false,
  });
  if (violations.length === 0) return;
  const count = violations.reduce((sum, { nodes }) => sum + nodes.length, 0);
  throw new Error(
    `${page.url()} violates WCAG 2.2 AA in ${count} places:\n${describeViolations(violations)}`,
  );
}

async function findViolations(page: Page, options: RunOptions): Promise<readonly Result[]> {
  const isThere = await page.evaluate<boolean>('"axe" in window');
  if (!isThere) await load(page);
  return page.evaluate<AxeResults['violations']>(
    `axe.run(${JSON.stringify(options)}).then(({ violations }) => violations)`,
  );
}

/** As `page.evaluate(AXE)` does, in two thirds of the time. */
async function load(page: Page): Promise<void> {
  const client = await devtools(page);
  await client.send('Runtime.evaluate', { expression: AXE });
}

function describeViolations(violations: readonly Result[]): string {
  return violations
    .map(({ id, help, helpUrl, nodes }) => {
      const places = nodes.map(({ target, html, failureSummary = '' }) => {
        const fix = failureSummary.replaceAll(/\s*\n\s*/g, ' ');
        return `    at ${target.join(' ')}\n      ${html.slice(0, 200)}\n      ${fix}`;
      });
      return `  ${id}: ${help} (${helpUrl})\n${places.join('\n')}`;
    })
    .join('\n');
}
