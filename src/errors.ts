/**
 * What the reader of an error can do about it:
 * - `config`: something the user gave (or a chart in Amplitude) must change first;
 * - `transient`: the same call can work later, nothing has to change;
 * - `data`: the answer or the table holds something chartlift cannot read;
 * - `bug`: chartlift itself is wrong.
 */
export type ErrorKind = 'config' | 'transient' | 'data' | 'bug';

interface ErrorFacts {
  readonly kind: ErrorKind;
  /** What a command ends with when this error ends it: 1 work failed, 2 wrong usage, 3 credentials, 130 interrupted. */
  readonly exitCode: 1 | 2 | 3 | 130;
}

/** Every error code, described for people in `docs/errors.md` (a test holds the two together). */
export const ERROR_FACTS = {
  usage: { kind: 'config', exitCode: 2 },
  config_invalid: { kind: 'config', exitCode: 2 },
  credentials_missing: { kind: 'config', exitCode: 2 },
  chart_link_invalid: { kind: 'config', exitCode: 2 },
  secret_key_wrong: { kind: 'config', exitCode: 3 },
  api_key_unknown: { kind: 'config', exitCode: 3 },
  chart_not_found: { kind: 'config', exitCode: 1 },
  chart_forbidden: { kind: 'config', exitCode: 1 },
  chart_invalid: { kind: 'config', exitCode: 1 },
  rate_limited: { kind: 'transient', exitCode: 1 },
  amplitude_unavailable: { kind: 'transient', exitCode: 1 },
  not_a_chart_report: { kind: 'data', exitCode: 1 },
  report_malformed: { kind: 'data', exitCode: 1 },
  report_too_large: { kind: 'data', exitCode: 1 },
  lake_not_found: { kind: 'config', exitCode: 2 },
  lake_not_writable: { kind: 'config', exitCode: 2 },
  lake_full: { kind: 'transient', exitCode: 1 },
  layer_unknown: { kind: 'config', exitCode: 2 },
  table_name_invalid: { kind: 'config', exitCode: 2 },
  table_name_taken: { kind: 'config', exitCode: 2 },
  table_not_found: { kind: 'config', exitCode: 2 },
  version_not_found: { kind: 'config', exitCode: 2 },
  table_unsupported: { kind: 'data', exitCode: 1 },
  table_damaged: { kind: 'data', exitCode: 1 },
  commit_conflict: { kind: 'transient', exitCode: 1 },
  sql_refused: { kind: 'config', exitCode: 2 },
  sql_failed: { kind: 'config', exitCode: 2 },
  sql_time_limit: { kind: 'config', exitCode: 1 },
  interrupted: { kind: 'transient', exitCode: 130 },
  internal: { kind: 'bug', exitCode: 1 },
} as const satisfies Record<string, ErrorFacts>;

export type ErrorCode = keyof typeof ERROR_FACTS;

/** The only error that chartlift throws on purpose: what happened, and what to do next. */
export class ChartliftError extends Error {
  override readonly name = 'ChartliftError';
  readonly code: ErrorCode;
  /** What to do next, in words for the person who reads it. */
  readonly hint: string;

  constructor(code: ErrorCode, message: string, hint: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
    this.hint = hint;
  }

  get kind(): ErrorKind {
    return ERROR_FACTS[this.code].kind;
  }

  get exitCode(): ErrorFacts['exitCode'] {
    return ERROR_FACTS[this.code].exitCode;
  }
}

/** Turns whatever was thrown into a {@link ChartliftError}; what is unknown becomes `internal`. */
export function toChartliftError(thrown: unknown): ChartliftError {
  if (thrown instanceof ChartliftError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new ChartliftError(
    'internal',
    `Unexpected: ${message}`,
    'This is a fault in chartlift. Please report it with the command you ran.',
    { cause: thrown },
  );
}
