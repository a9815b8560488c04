import { describe, expect, it } from 'vitest';
import { lineAt } from './line-at.ts';
import { spanAt } from './span-at.ts';

const QUERY = 'SELECT a,\n  raw.b\nFROM c';

describe('the span of a mistake', () => {
  it.each([
    [{ line: 1, column: 8 }, 'a'],
    [{ line: 2, column: 3 }, 'raw.b'],
    [{ line: 3, column: 6 }, 'c'],
    // One letter where no word is.
    [{ line: 1, column: 9 }, ','],
    // Behind the last letter, and beyond the text: the last letter.
    [{ line: 3, column: 7 }, 'c'],
    [{ line: 9, column: 99 }, 'c'],
    [{ line: 0, column: 0 }, 'SELECT'],
  ])('at %j is %j', (place, word) => {
    const { from, to } = spanAt(QUERY, place);
    expect(QUERY.slice(from, to)).toBe(word);
  });

  it('of an empty text is empty', () => {
    expect(spanAt('', { line: 1, column: 1 })).toEqual({ from: 0, to: 0 });
  });
});

describe('the line of a mistake', () => {
  it('is split around the word', () => {
    expect(lineAt('SELECT a,\n  nope, b\nFROM c', { line: 2, column: 3 })).toEqual({
      before: '',
      word: 'nope',
      after: ', b',
    });
    expect(lineAt('SELEC 1', { line: 1, column: 1 })).toEqual({
      before: '',
      word: 'SELEC',
      after: ' 1',
    });
  });

  it('is cut where it is long', () => {
    const { before, word, after } = lineAt(`SELECT ${'a, '.repeat(99)}nope${', b'.repeat(99)}`, {
      line: 1,
      column: 305,
    });
    expect(word).toBe('nope');
    expect(before).toMatch(/^…/);
    expect(after).toMatch(/…$/);
    expect(before.length + after.length).toBeLessThan(130);
  });
});
