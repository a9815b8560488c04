import type { TestProject } from 'vitest/node';
import { ensureChromium } from '../../../scripts/chromium.ts';
import { ensureBuilt } from '../../../scripts/ensure-built.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The program that browser tests start. */
    readonly chromium: string;
  }
}

/** Before the first browser test: the app as the checkout has it now, and a Chromium. */
export function setup(project: TestProject): void {
  ensureBuilt('web');
  project.provide('chromium', ensureChromium());
}
