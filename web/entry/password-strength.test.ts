import { describe, expect, it } from 'vitest';
import {
  SHORTEST_PASSWORD as LEAST,
  LONGEST_PASSWORD as MOST,
} from '../../src/server/auth/password-length.ts';
import { judgePassword, LONGEST_PASSWORD, SHORTEST_PASSWORD } from './password-strength.ts';

describe('judgePassword', () => {
  it('has the limits of the service', () => {
    expect([SHORTEST_PASSWORD, LONGEST_PASSWORD]).toEqual([LEAST, MOST]);
  });

  it.each([
    ['', { kind: 'short', more: 12 }],
    ['elevenchars', { kind: 'short', more: 1 }],
    ['twelve chars', { kind: 'enough' }],
    ['a phrase of words', { kind: 'good' }],
    ['a phrase of several words', { kind: 'strong' }],
    ['x'.repeat(128), { kind: 'strong' }],
    ['x'.repeat(129), { kind: 'long' }],
  ])('judges %j by its length', (password, judged) => {
    expect(judgePassword(password)).toEqual(judged);
  });
});
