import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** WCAG 2.2, levels A and AA, as axe names its rules. */
const WCAG_22_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

type Results = Awaited<ReturnType<AxeBuilder['analyze']>>;

/**
 * Looks for violations of WCAG 2.2 AA in what a page shows now.
 *
 * @param rules only these, as axe names them; default: all of that level
 * @throws Error that lists each with where it is and how to mend it
 */
export async function checkPage(page: Page, rules?: readonly string[]): Promise<void> {
  const axe = new AxeBuilder({ page })
    // Without it each check opens another page, to join what frames of other origins say; there are none.
    .setLegacyMode();
  if (rules === undefined) axe.withTags(WCAG_22_AA);
  else axe.withRules([...rules]);
  const { violations } = await axe.analyze();
  if (violations.length === 0) return;
  const count = violations.reduce((sum, { nodes }) => sum + nodes.length, 0);
  throw new Error(
    `${page.url()} violates WCAG 2.2 AA in ${count} places:\n${describeViolations(violations)}`,
  );
}

function describeViolations(violations: Results['violations']): string {
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
