import { join } from 'node:path';

/** Where screenshots go; git ignores it. */
const OUTPUT = join(import.meta.dirname, '..', '..', '..', 'test-output');

/** The file of a screenshot that a test takes to be looked at. */
export function screenFile(name: string): string {
  return join(OUTPUT, 'screens', `${fileName(name)}.png`);
}

/** The file of what a test showed when it failed. */
export function failureFile(name: string): string {
  return join(OUTPUT, 'failures', `${fileName(name)}.png`);
}

function fileName(name: string): string {
  return name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 120);
}
