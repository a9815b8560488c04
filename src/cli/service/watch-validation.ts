import { checkText } from '../output/check-text.ts';
import type { Terminal } from '../terminal.ts';
import type { ApiCheck, ApiValidation } from './api-types.ts';
import type { ServiceApi } from './service-api.ts';

/** Waits until a validation has ended; each check is told by `tell` as it ends. */
export async function watchValidation(
  api: ServiceApi,
  { id }: Pick<ApiValidation, 'id'>,
  tell: (check: ApiCheck) => void,
): Promise<ApiValidation> {
  const checks = api.followValidation(id);
  for (;;) {
    const next = await checks.next();
    if (next.done) return next.value;
    tell(next.value);
  }
}

/** A check of the API in a line or two. */
export function apiCheckText(check: ApiCheck, out: Terminal['stdout']): string {
  const { stream, warnings, error, title, dimension, records } = check;
  const summary = records === null ? null : { title, dimension, records };
  return checkText({ stream, warnings, error, summary }, out);
}
