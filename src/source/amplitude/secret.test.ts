import { format, inspect } from 'node:util';
import { expect, it } from 'vitest';
import { Secret } from './secret.ts';

const secret = new Secret('hunter2');

it('gives its text only when asked to reveal it', () => {
  expect(secret.reveal()).toBe('hunter2');
});

it.each([
  ['a template', `${secret}`],
  ['String()', String(secret)],
  ['JSON', JSON.stringify({ keys: [secret] })],
  ['inspect', inspect({ keys: [secret] }, { showHidden: true, depth: null })],
  ['format', format('%s %o %j', secret, secret, secret)],
  ['its members', Object.entries(secret).join()],
])('does not print its text in %s', (_, printed) => {
  expect(printed).not.toContain('hunter2');
});

it('prints as [secret]', () => {
  expect(inspect({ secret })).toBe('{ secret: [secret] }');
  expect(JSON.stringify({ secret })).toBe('{"secret":"[secret]"}');
});
