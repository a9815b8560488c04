import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** More stops than any screen has before what is looked for. */
const MOST_STOPS = 60;

/** What is known of the element with the focus; runs in the page. */
const LOOK = `(() => {
  const element = document.activeElement;
  const isRing = (node) => {
    const style = getComputedStyle(node);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  };
  const box = element.getBoundingClientRect();
  // A field may show its focus at its frame, an input that is not drawn at what stands for it.
  const around = [element, element.nextElementSibling, element.closest('label')].filter(Boolean);
  for (let node = element; around.length < 6 && node.parentElement; node = node.parentElement) around.push(node.parentElement);
  return {
    name: element.tagName + ' ' + (element.getAttribute('aria-label') ?? element.textContent).slice(0, 60),
    isSomewhere: element !== document.body,
    isInView: box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth,
    hasRing: around.some(isRing),
  };
})()`;

interface Focused {
  readonly name: string;
  readonly isSomewhere: boolean;
  readonly isInView: boolean;
  readonly hasRing: boolean;
}

/**
 * Presses Tab until an element has the focus. Fails where a stop on the way cannot be seen (WCAG 2.4.7,
 * 2.4.11) or the keyboard does not get there.
 */
export async function tabTo(page: Page, target: Locator, key = 'Tab'): Promise<void> {
  const seen: string[] = [];
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press(key);
    try {
      seen.push(await checkFocus(page));
    } catch (error) {
      throw new Error(`A stop on the way to ${target} is wrong:\n${seen.join('\n')}`, {
        cause: error,
      });
    }
    if (await hasFocus(target)) return;
  }
  throw new Error(`${target} is not reached by ${key}:\n${seen.join('\n')}`);
}

/** Fails unless the focus is somewhere in view, with a ring. @returns what has it */
export async function checkFocus(page: Page): Promise<string> {
  const focused = await page.evaluate<Focused>(LOOK);
  expect(focused).toMatchObject({ isSomewhere: true, isInView: true, hasRing: true });
  return focused.name;
}

/** Waits until an element has the focus. */
export async function expectFocus(target: Locator): Promise<void> {
  await expect.poll(() => hasFocus(target), { timeout: 10_000 }).toBe(true);
}

async function hasFocus(target: Locator): Promise<boolean> {
  return (await target.and(target.page().locator(':focus')).count()) === 1;
}
