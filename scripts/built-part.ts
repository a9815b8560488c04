import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What is made of the sources before it can be used or published, each in a folder of `dist` of its own. */
export type Part = 'cli' | 'web';

const root = join(import.meta.dirname, '..');

/** What of `src` the web app runs itself; of everything else it knows the types alone. */
export const SRC_THAT_WEB_RUNS: readonly string[] = [
  'errors.ts',
  'catalog/table-id.ts',
  'service/description.ts',
  'source/amplitude/chart-link.ts',
];

/** What decides how a build comes out, beside the sources. */
const BUILD = ['package-lock.json', 'tsconfig.json', 'scripts/build.ts'];

const INPUTS: Readonly<Record<Part, readonly string[]>> = {
  cli: ['src/**/*.ts', 'scripts/bundle-cli.ts', ...BUILD],
  web: [
    'web/**/*',
    'scripts/bundle-web.ts',
    'scripts/compress.ts',
    ...SRC_THAT_WEB_RUNS.map((file) => `src/${file}`),
    ...BUILD,
  ],
};

/** Tests and what editors leave behind. */
const NO_INPUT = /\.test\.tsx?$|(^|\/)[.#]|~$/;

/** In the folder of a part: the hash of what it was made of. */
export const STAMP = '.inputs';

/** Where a part lies when it is built; `chartlift serve` looks for the web app there, too. */
export function builtFolder(part: Part): string {
  return join(root, 'dist', part);
}

/** What a process runs as `chartlift`, when it is built. */
export const BUILT_MAIN = join(builtFolder('cli'), 'main.js');

/** Whether a part is made of what the checkout holds now. */
export function isBuilt(part: Part): boolean {
  const stamp = join(builtFolder(part), STAMP);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === hashInputs(part);
}

/** A hash of everything that a part is made of, as hexadecimal digits. */
export function hashInputs(part: Part): string {
  const files = globSync(INPUTS[part], { cwd: root, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
  const hash = createHash('sha256');
  for (const file of files.filter((name) => !NO_INPUT.test(name)).toSorted()) {
    const content = readFileSync(join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}
