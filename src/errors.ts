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
  /** What the HTTP API answers when this error ends a request (RFC 9110 §15). */
  readonly httpStatus: 400 | 401 | 403 | 404 | 409 | 413 | 422 | 429 | 500 | 502 | 503 | 507;
}

/** Every error code, described for people in `docs/errors.md` (a test holds the two together). */
export const ERROR_FACTS = {
  usage: { kind: 'config', exitCode: 2, httpStatus: 400 },
  config_invalid: { kind: 'config', exitCode: 2, httpStatus: 422 },
  credentials_missing: { kind: 'config', exitCode: 2, httpStatus: 422 },
  chart_link_invalid: { kind: 'config', exitCode: 2, httpStatus: 422 },
  secret_key_wrong: { kind: 'config', exitCode: 3, httpStatus: 422 },
  api_key_unknown: { kind: 'config', exitCode: 3, httpStatus: 422 },
  chart_not_found: { kind: 'config', exitCode: 1, httpStatus: 422 },
  chart_forbidden: { kind: 'config', exitCode: 1, httpStatus: 422 },
  chart_invalid: { kind: 'config', exitCode: 1, httpStatus: 422 },
  rate_limited: { kind: 'transient', exitCode: 1, httpStatus: 503 },
  amplitude_unavailable: { kind: 'transient', exitCode: 1, httpStatus: 502 },
  not_a_chart_report: { kind: 'data', exitCode: 1, httpStatus: 502 },
  report_malformed: { kind: 'data', exitCode: 1, httpStatus: 502 },
  report_too_large: { kind: 'data', exitCode: 1, httpStatus: 502 },
  lake_not_found: { kind: 'config', exitCode: 2, httpStatus: 503 },
  lake_not_writable: { kind: 'config', exitCode: 2, httpStatus: 503 },
  lake_full: { kind: 'transient', exitCode: 1, httpStatus: 507 },
  layer_unknown: { kind: 'config', exitCode: 2, httpStatus: 404 },
  layer_name_invalid: { kind: 'config', exitCode: 2, httpStatus: 422 },
  layer_taken: { kind: 'config', exitCode: 2, httpStatus: 409 },
  layer_not_empty: { kind: 'config', exitCode: 2, httpStatus: 409 },
  table_name_invalid: { kind: 'config', exitCode: 2, httpStatus: 422 },
  table_name_taken: { kind: 'config', exitCode: 2, httpStatus: 409 },
  table_not_found: { kind: 'config', exitCode: 2, httpStatus: 404 },
  version_not_found: { kind: 'config', exitCode: 2, httpStatus: 404 },
  table_unsupported: { kind: 'data', exitCode: 1, httpStatus: 422 },
  table_damaged: { kind: 'data', exitCode: 1, httpStatus: 500 },
  commit_conflict: { kind: 'transient', exitCode: 1, httpStatus: 409 },
  sql_refused: { kind: 'config', exitCode: 2, httpStatus: 422 },
  sql_failed: { kind: 'config', exitCode: 2, httpStatus: 422 },
  sql_time_limit: { kind: 'config', exitCode: 1, httpStatus: 422 },
  request_invalid: { kind: 'config', exitCode: 2, httpStatus: 400 },
  fields_invalid: { kind: 'config', exitCode: 2, httpStatus: 422 },
  request_too_large: { kind: 'config', exitCode: 2, httpStatus: 413 },
  sign_in_needed: { kind: 'config', exitCode: 3, httpStatus: 401 },
  forbidden: { kind: 'config', exitCode: 3, httpStatus: 403 },
  origin_refused: { kind: 'config', exitCode: 2, httpStatus: 403 },
  too_many_requests: { kind: 'transient', exitCode: 1, httpStatus: 429 },
  not_found: { kind: 'config', exitCode: 2, httpStatus: 404 },
  conflict: { kind: 'config', exitCode: 2, httpStatus: 409 },
  run_active: { kind: 'transient', exitCode: 1, httpStatus: 409 },
  run_canceled: { kind: 'transient', exitCode: 130, httpStatus: 409 },
  run_time_limit: { kind: 'transient', exitCode: 1, httpStatus: 503 },
  home_in_use: { kind: 'config', exitCode: 2, httpStatus: 503 },
  database_unusable: { kind: 'config', exitCode: 2, httpStatus: 503 },
  secrets_unreadable: { kind: 'config', exitCode: 2, httpStatus: 503 },
  service_unreachable: { kind: 'transient', exitCode: 1, httpStatus: 503 },
  interrupted: { kind: 'transient', exitCode: 130, httpStatus: 503 },
  internal: { kind: 'bug', exitCode: 1, httpStatus: 500 },
} as const satisfies Record<string, ErrorFacts>;

export type ErrorCode = keyof typeof ERROR_FACTS;

/** One field of a request that cannot be used. */
export interface FieldIssue {
  /** Where it stands, such as `['streams', 0, 'table']`. */
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Where in a text something is wrong; both count from 1. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

interface ErrorDetails {
  readonly cause?: unknown;
  readonly issues?: readonly FieldIssue[];
  readonly place?: TextPlace;
}

/** The only error that chartlift throws on purpose: what happened, and what to do next. */
export class ChartliftError extends Error {
  override readonly name = 'ChartliftError';
  readonly code: ErrorCode;
  /** What to do next, in words for the person who reads it. */
  readonly hint: string;
  /** Field by field, what cannot be used; empty unless a request with fields was refused. */
  readonly issues: readonly FieldIssue[];
  /** Where in the query the engine found the error; null if it does not tell. */
  readonly place: TextPlace | null;

  constructor(code: ErrorCode, message: string, hint: string, details: ErrorDetails = {}) {
    super(message, 'cause' in details ? { cause: details.cause } : {});
    this.code = code;
    this.hint = hint;
    this.issues = details.issues ?? [];
    this.place = details.place ?? null;
  }

  get kind(): ErrorKind {
    return ERROR_FACTS[this.code].kind;
  }

  get exitCode(): ErrorFacts['exitCode'] {
    return ERROR_FACTS[this.code].exitCode;
  }

  get httpStatus(): ErrorFacts['httpStatus'] {
    return ERROR_FACTS[this.code].httpStatus;
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
