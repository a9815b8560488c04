import type { Page } from 'playwright-core';
import type { Simulator } from '../../../src/simulator/simulator.ts';

export interface Access {
  readonly apiKey?: string;
  readonly secretKey?: string;
  /** As somebody would paste it: ids, addresses, lists of them. */
  readonly charts: string;
}

/** Opens "Add source" from the Sources page and goes on to the step that asks for the account. */
export async function openAccess(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Add source' }).click();
  await page.getByRole('radio', { name: /^Amplitude/ }).click();
  await next(page);
  await page.waitForURL('**/add/access');
}

/** Types the keys (those of the simulated account unless others are given) and pastes the charts. */
export async function fillAccess(
  page: Page,
  { projects: [project] }: Simulator,
  { apiKey, secretKey, charts }: Access,
): Promise<void> {
  await page.getByRole('textbox', { name: 'API Key' }).fill(apiKey ?? project?.apiKey ?? '');
  await page
    .getByRole('textbox', { name: 'Secret Key' })
    .fill(secretKey ?? project?.secretKey ?? '');
  await paste(page, 'Chart IDs', charts);
}

/** Presses the way on at the bottom of the wizard. */
export async function next(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Next', exact: true }).click();
}

/** Pastes a text into a field, by the clipboard. */
export async function paste(page: Page, field: string, text: string): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
  await page.getByRole('textbox', { name: field }).focus();
  await page.keyboard.press('ControlOrMeta+v');
}

/** Names the source in the last step, once the step has suggested a name. */
export async function nameSource(page: Page, name: string): Promise<void> {
  await page.waitForURL('**/add/finish');
  await page.locator('input[value^="Amplitude"]').waitFor();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
}
