import { describe, expect, it } from 'vitest';
import { chooseEncoding, takesPages } from './preferences.ts';

const all = () => true;

describe('chooseEncoding', () => {
  it.each([
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip, deflate', 'gzip'],
    ['GZIP', 'gzip'],
    ['br;q=0.5, gzip;q=0.9', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['br;q=0, gzip;q=0', null],
    ['*', 'br'],
    ['br;q=0, *', 'gzip'],
    ['*;q=0', null],
    ['identity', null],
    ['brotli', null],
    ['br;q=nonsense', null],
    ['', null],
    [undefined, null],
  ])('answers %j with %j', (header, expected) => {
    expect(chooseEncoding(header, all)).toBe(expected);
  });

  it('chooses of what is kept', () => {
    expect(chooseEncoding('br, gzip', (encoding) => encoding === 'gzip')).toBe('gzip');
    expect(chooseEncoding('br, gzip', () => false)).toBeNull();
  });
});

describe('takesPages', () => {
  it.each([
    'text/html',
    'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
    'application/json, Text/HTML;q=0.1',
  ])('knows browsers: %s', (accept) => expect(takesPages(accept)).toBe(true));

  it.each([undefined, '', '*/*', 'application/json', 'text/html;q=0', 'text/htmlx'])(
    'knows programs: %j',
    (accept) => expect(takesPages(accept)).toBe(false),
  );
});
