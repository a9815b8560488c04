import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** `chartlift/<version>`, as commits name their engine (Delta protocol, "Commit Provenance Information"). */
export function engineInfo(): string {
  const manifest = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(manifest));
  return `chartlift/${version}`;
}
