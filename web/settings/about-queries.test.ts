import { expect, it } from 'vitest';
import { readReasons, readVersion } from './about-queries.ts';

it('reads the version of a description', () => {
  expect(readVersion({ openapi: '3.1.0', info: { title: 'x', version: '1.2.3' } })).toBe('1.2.3');
});

it.each([null, 'text', {}, { info: null }, { info: { version: 3 } }])(
  'finds none in %j',
  (text) => {
    expect(readVersion(text)).toBeNull();
  },
);

it('reads why the service is not ready', () => {
  expect(readReasons({ status: 'not ready', reasons: ['The service is stopping.', 7] })).toEqual([
    'The service is stopping.',
  ]);
  expect(readReasons({ status: 'ready' })).toEqual([]);
});
