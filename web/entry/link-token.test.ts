import { describe, expect, it } from 'vitest';
import { tokenOfHash, tokenOfLink } from './link-token.ts';

describe('tokenOfHash', () => {
  it('reads the token with and without #', () => {
    expect(tokenOfHash('#token=abc_-1')).toBe('abc_-1');
    expect(tokenOfHash('token=abc')).toBe('abc');
  });

  it.each(['', '#', '#token=', '#token=%20', '#other=abc'])('finds none in %j', (hash) => {
    expect(tokenOfHash(hash)).toBeNull();
  });
});

describe('tokenOfLink', () => {
  it('reads a whole link, with the spaces that copying adds', () => {
    expect(tokenOfLink('  http://127.0.0.1:8080/setup#token=abc \n')).toBe('abc');
  });

  it.each(['', 'abc', 'http://127.0.0.1:8080/setup', 'http://127.0.0.1:8080/setup#top'])(
    'refuses %j',
    (text) => {
      expect(tokenOfLink(text)).toBeNull();
    },
  );
});
