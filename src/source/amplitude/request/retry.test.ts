import { expect, it } from 'vitest';
import { ChartliftError, type ErrorCode } from '../../../errors.ts';
import { MAX_TRIES, waitBeforeRetry } from './retry.ts';

const unavailable = new ChartliftError('amplitude_unavailable', '503', 'Wait.');

it('waits a random time below a limit that doubles', () => {
  const limits = [1, 2, 3, 4].map((tries) => waitBeforeRetry(unavailable, tries, 0.999));
  expect(limits).toEqual([999, 1_998, 3_996, 7_992]);
  expect(waitBeforeRetry(unavailable, 1, 0)).toBe(0);
});

it('ends after five tries', () => {
  expect(waitBeforeRetry(unavailable, MAX_TRIES, 0.5)).toBeNull();
});

it.each<ErrorCode>([
  'secret_key_wrong',
  'chart_not_found',
  'chart_invalid',
  'not_a_chart_report',
  'report_too_large',
  'rate_limited',
])('does not try again what stays as it is: %s', (code) => {
  expect(waitBeforeRetry(new ChartliftError(code, '', ''), 1, 0.5)).toBeNull();
});

it('does not try again after a fault of our own', () => {
  expect(waitBeforeRetry(new TypeError('undefined is not a function'), 1, 0.5)).toBeNull();
});
