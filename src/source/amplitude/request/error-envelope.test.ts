import { expect, it } from 'vitest';
import { readErrorDetails } from './error-envelope.ts';

it.each([
  // The three answers of reference §2.
  [
    '{"error": {"http_code": 400, "type": "invalid", "message": "Invalid chart definition", "metadata": {"details": "Invalid user property country"}}}',
    'Invalid user property country',
  ],
  [
    '{"error": {"http_code": 429, "type": "unspecified", "message": "Unspecified Error", "metadata": {"details": "Too Many Requests: Exceeded rate limit with query of cost 1800"}}}',
    'Too Many Requests: Exceeded rate limit with query of cost 1800',
  ],
  [
    '{"error": {"http_code": 403, "type": "unspecified", "metadata": {"details": "Invalid API/Secret Key combination"}}}',
    'Invalid API/Secret Key combination',
  ],
  // JSON without details, of another shape, or none at all.
  ['{"error": {"message": "Chart not found"}}', 'Chart not found'],
  ['{"error": {"message": "Unspecified Error"}}', null],
  ['{"error": {"message": "Unspecified Error", "metadata": {}}}', null],
  ['{"error": {}}', null],
  ['{"error": "no"}', null],
  ['{"error": {"metadata": {"details": 7}}}', null],
  ['{}', null],
  ['null', null],
  ['[]', null],
  ['<html><body>Bad Gateway</body></html>', null],
  ['', null],
  ['{"error": {"metadata": {"details": " \\u0000two\\n\\u001b[31mlines "}}}', 'two [31mlines'],
])('%s says %j', (body, details) => {
  expect(readErrorDetails(body)).toBe(details);
});

it('is cut where it is long', () => {
  const details = 'x'.repeat(5_000);
  expect(readErrorDetails(JSON.stringify({ error: { metadata: { details } } }))).toHaveLength(200);
});
