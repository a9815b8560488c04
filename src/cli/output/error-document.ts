import type { ChartliftError } from '../../errors.ts';

/** An error as every `--json` output has it. */
export interface ErrorDocument {
  readonly code: string;
  readonly message: string;
  /** What to do. */
  readonly help: string;
}

export function errorDocument({ code, message, hint }: ChartliftError): ErrorDocument {
  return { code, message, help: hint };
}
