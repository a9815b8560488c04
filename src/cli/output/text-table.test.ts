import { describe, expect, it } from 'vitest';
import { printable } from './printable.ts';
import { textTable } from './text-table.ts';

const columns = [
  { header: 'NAME', align: 'left' },
  { header: 'N', align: 'right' },
] as const;

describe('a text table', () => {
  it('aligns its columns and ends no line with blanks', () => {
    expect(
      textTable(columns, [
        ['a', '1'],
        ['long name', '10,000'],
        ['', ''],
      ]),
    ).toBe('NAME            N\na               1\nlong name  10,000\n\n');
  });

  it('measures what a terminal shows, not characters', () => {
    const lines = textTable(columns, [
      ['漢字', '1'],
      ['👩‍🚀', '2'],
      ['é', '3'],
    ]).split('\n');
    expect(lines.slice(0, 4)).toEqual(['NAME  N', '漢字  1', '👩‍🚀    2', 'é     3']);
  });

  it('has only its headers where there are no rows', () => {
    expect(textTable(columns, [])).toBe('NAME  N\n');
  });

  it('lets no text move the cursor or break a line', () => {
    expect(printable('a\nb\t\u001b[31mred\u009b')).toBe('a\\nb\\t\\u001b[31mred\\u009b');
    expect(textTable(columns, [['x\r\ny', '1']])).toContain('x\\r\\ny');
  });
});
