import { describe, expect, it } from 'vitest';
import { containing, foldText } from './fold-text.ts';

describe('foldText', () => {
  it.each([
    ['Müller GmbH', 'MÜLLER GMBH'],
    ['e\u0301tude', 'Étude'],
    ['ﬁrst', 'FIRST'],
  ])('takes %j and %j for the same', (one, other) => {
    expect(foldText(one)).toBe(foldText(other));
  });

  it('keeps different names apart', () => {
    expect(foldText('Sales 1')).not.toBe(foldText('Sales 2'));
  });
});

describe('containing', () => {
  it.each([
    ['sales', '%sales%'],
    ['50%_\\', String.raw`%50\%\_\\%`],
    ['', '%%'],
  ])('turns %j into %j', (part, pattern) => {
    expect(containing(part)).toBe(pattern);
  });
});
