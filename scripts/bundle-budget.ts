/** Fails if a browser has to load too much JavaScript before it can show the first screen. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtFolder } from './built-part.ts';
import { filesOfFirstLoad, type Manifest } from './first-load.ts';

/** Of the Sources screen, packed with gzip; a second on a slow line (2 Mbit/s). In bytes. */
const BUDGET = 250_000;

const web = builtFolder('web');
const manifest: Manifest = JSON.parse(readFileSync(join(web, '.vite', 'manifest.json'), 'utf8'));
const sizes = filesOfFirstLoad(manifest, ['index.html']).map((file) => ({
  file,
  bytes: packedSize(file),
}));
const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
console.log(
  `The Sources screen loads ${kilo(total)} kB of JavaScript in ${sizes.length} files; ${kilo(BUDGET)} kB is the most.`,
);
if (total > BUDGET) {
  for (const { file, bytes } of sizes.toSorted((a, b) => b.bytes - a.bytes)) {
    console.error(`  ${kilo(bytes)} kB  ${file}`);
  }
  console.error(
    'That is too much. Import what this screen does not need where it is needed, with import(), or find a smaller package.',
  );
  process.exitCode = 1;
}

/** Files that are too small to pack count as they are. */
function packedSize(file: string): number {
  try {
    return readFileSync(join(web, `${file}.gz`)).length;
  } catch {
    return readFileSync(join(web, file)).length;
  }
}

function kilo(bytes: number): string {
  return (bytes / 1000).toFixed(1);
}
