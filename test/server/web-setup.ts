import { ensureWeb } from '../../scripts/ensure-web.ts';

/** Before the first test: the web app as the checkout has it now, since every service serves it. */
export function setup(): void {
  ensureWeb();
}
