import { describe, expect, it } from 'vitest';
import { countCharacters, wordIssues } from './description.ts';

describe('the length of a description', () => {
  it.each([
    ['plain', 5],
    ['e\u0301te\u0301', 3],
    ['👩‍👩‍👧‍👦👍🏽🇩🇪', 3],
    ['', 0],
  ])('counts %j as people do', (text, count) => {
    expect(countCharacters(text)).toBe(count);
  });

  it('may be 140 characters, not one more', () => {
    expect(wordIssues({ description: '👩‍👩‍👧‍👦'.repeat(140) })).toEqual([]);
    expect(wordIssues({ description: 'a'.repeat(141) })).toEqual([
      { path: ['description'], message: 'has more than 140 characters (141)' },
    ]);
  });

  it('stops counting when it is enough', () => {
    expect(countCharacters('a'.repeat(1_000_000), 10)).toBe(11);
  });
});

describe('the name of a source', () => {
  it('must hold something', () => {
    expect(wordIssues({ name: '  ' })).toEqual([{ path: ['name'], message: 'is empty' }]);
  });
});
