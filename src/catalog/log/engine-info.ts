import { VERSION } from '../../version.ts';

/** `chartlift/<version>`, as commits name their engine (Delta protocol, "Commit Provenance Information"). */
export function engineInfo(): string {
  return `chartlift/${VERSION}`;
}
