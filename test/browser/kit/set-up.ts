import type { TestProject } from 'vitest/node';
import { ensureChromium } from '../../../scripts/chromium.ts';
import { ensureWeb } from '../../../scripts/ensure-web.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The program that browser tests start. */
    readonly chromium: string;
  }
}

/** Before the first browser test: the app as the checkout has it now, and a Chromium. */
export function setup(project: TestProject): void {
  ensureWeb();
  project.provide('chromium', ensureChromium());
}
