import { describe, expect, it } from 'vitest';
import { quoteName } from './quote-name.ts';

describe('a name in a query', () => {
  it.each(['value', 'Segment', '_x1', 'date', 'chart_id'])('stands as it is: %s', (name) => {
    expect(quoteName(name)).toBe(name);
  });

  it.each([
    ['Order Date', '"Order Date"'],
    ['order', '"order"'],
    ['GROUP', '"GROUP"'],
    ['1st', '"1st"'],
    ['a"b', '"a""b"'],
    ['größe', '"größe"'],
  ])('is put into quotes: %s', (name, quoted) => {
    expect(quoteName(name)).toBe(quoted);
  });
});
