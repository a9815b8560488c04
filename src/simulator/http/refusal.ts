import type { ServerResponse } from 'node:http';

/** A refused request as Amplitude words it (reference §2). */
export interface Refusal {
  readonly status: number;
  readonly type: 'invalid' | 'unspecified';
  /** Left out where the captured answer has none. */
  readonly message?: string;
  readonly details: string;
  readonly retryAfterSeconds?: number;
}

/** Nobody on this host has this API key: usually the wrong region. */
export const KEY_UNKNOWN: Refusal = {
  status: 403,
  type: 'unspecified',
  details: 'Invalid API Key',
};

export const SECRET_WRONG: Refusal = {
  status: 403,
  type: 'unspecified',
  details: 'Invalid API/Secret Key combination',
};

/** The wording for a chart of another project has never been captured (reference §2); this is ours. */
export const CHART_OF_ANOTHER_PROJECT: Refusal = {
  status: 403,
  type: 'unspecified',
  message: 'Forbidden',
  details: 'No access to this chart',
};

/** The words are known, the envelope around them is not (reference §2). */
export const CHART_NOT_FOUND: Refusal = {
  status: 404,
  type: 'invalid',
  message: 'Chart not found',
  details: 'Chart not found',
};

/** Reference §2 has this message for a bad definition; the details for such a kind of chart are ours. */
export const CHART_UNSUPPORTED: Refusal = {
  status: 400,
  type: 'invalid',
  message: 'Invalid chart definition',
  details: 'This type of chart has no table',
};

export const PATH_UNKNOWN: Refusal = {
  status: 404,
  type: 'unspecified',
  message: 'Not Found',
  details: 'Not Found',
};

export const METHOD_NOT_ALLOWED: Refusal = {
  status: 405,
  type: 'unspecified',
  message: 'Method Not Allowed',
  details: 'Method Not Allowed',
};

export function costExceeded(cost: number, retryAfterSeconds?: number): Refusal {
  return tooMany(`Exceeded rate limit with query of cost ${cost}`, retryAfterSeconds);
}

export function concurrencyExceeded(retryAfterSeconds?: number): Refusal {
  return tooMany('Exceeded concurrent limit', retryAfterSeconds);
}

/** Amplitude sends no Retry-After (reference §2); a proxy before it may. */
function tooMany(reason: string, retryAfterSeconds: number | undefined): Refusal {
  return {
    status: 429,
    type: 'unspecified',
    message: 'Unspecified Error',
    details: `Too Many Requests: ${reason}`,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  };
}

export function unavailable(status: 500 | 502 | 503 | 504): Refusal {
  return {
    status,
    type: 'unspecified',
    message: 'Unspecified Error',
    details: 'Something went wrong',
  };
}

export function sendRefusal(response: ServerResponse, refusal: Refusal): void {
  const { status, type, message, details, retryAfterSeconds } = refusal;
  const error = {
    http_code: status,
    type,
    ...(message === undefined ? {} : { message }),
    metadata: { details },
  };
  response.writeHead(status, {
    'content-type': 'application/json; charset=UTF-8',
    ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
    ...(status === 405 ? { allow: 'GET' } : {}),
  });
  response.end(JSON.stringify({ error }));
}
