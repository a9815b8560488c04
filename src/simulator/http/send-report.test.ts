import { expect, test } from 'vitest';
import { acceptedEncoding } from './send-report.ts';

test.each([
  [undefined, null],
  ['', null],
  ['identity', null],
  ['gzip', 'gzip'],
  ['gzip, deflate', 'gzip'],
  ['GZIP;q=0.5, BR;q=1.0', 'br'],
  ['br;q=0, gzip', 'gzip'],
  ['br;q=0.0, gzip; q=0', null],
] as const)('Accept-Encoding %j is answered with %j', (header, encoding) => {
  expect(acceptedEncoding(header)).toBe(encoding);
});
