import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What of `src` the web app runs itself; of everything else it knows the types alone. */
export const SRC_THAT_WEB_RUNS: readonly string[] = [
  'errors.ts',
  'catalog/table-id.ts',
  'service/description.ts',
  'source/amplitude/chart-link.ts',
];

/** What decides how a build comes out, beside the app and the packages. */
const BUILD = ['package-lock.json', 'tsconfig.json', 'scripts/build-web.ts', 'scripts/compress.ts'];

/** Tests and what editors leave behind. */
const NO_INPUT = /\.test\.tsx?$|(^|\/)[.#]|~$/;

/** A hash of everything that the built web app is made of, as hexadecimal digits. */
export function hashWebInputs(root: string): string {
  const web = globSync('web/**/*', { cwd: root, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
  const files = [...web, ...BUILD, ...SRC_THAT_WEB_RUNS.map((file) => `src/${file}`)];
  const hash = createHash('sha256');
  for (const file of files.filter((name) => !NO_INPUT.test(name)).toSorted()) {
    const content = readFileSync(join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}
