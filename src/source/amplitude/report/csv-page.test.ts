import { describe, expect, it } from 'vitest';
import { lineAt, readCsvPages } from './csv-page.ts';
import { textInMemory } from './report-text.ts';

async function rowsIn(text: string, size?: number) {
  const rows: (readonly string[])[] = [];
  const ends: number[] = [];
  for await (const page of readCsvPages(textInMemory(text, size))) {
    rows.push(...page.rows);
    ends.push(...page.ends);
  }
  return { rows, ends };
}

const everyCut = [1, 2, 3, 7, 1000];

describe.each(everyCut)('CSV in pieces of %i characters', (size) => {
  it('splits cells and rows at commas, CRLF and LF', async () => {
    const { rows } = await rowsIn('a,b\r\n"c","d"\n\n,\r\ne', size);
    expect(rows).toEqual([['a', 'b'], ['c', 'd'], [''], ['', ''], ['e']]);
  });

  it('keeps what stands inside quotes', async () => {
    const { rows } = await rowsIn('"a ""b"", c","d\r\ne"\r\n"f\r"\n"g\r"\r\n', size);
    expect(rows).toEqual([['a "b", c', 'd\r\ne'], ['f\r'], ['g\r']]);
  });

  it('drops a byte order mark and counts it', async () => {
    const { rows, ends } = await rowsIn('\ufeffa\nb\n', size);
    expect(rows).toEqual([['a'], ['b']]);
    expect(ends).toEqual([3, 5]);
  });

  it('keeps a byte order mark that does not lead', async () => {
    expect((await rowsIn('a\n\ufeffb\nc\ufeffd\n', size)).rows).toEqual([
      ['a'],
      ['\ufeffb'],
      ['c\ufeffd'],
    ]);
  });

  it('says where each row ends', async () => {
    const { ends } = await rowsIn('a,b\r\n"c\n"\r\nd', size);
    expect(ends).toEqual([5, 11, 12]);
  });

  it('keeps a carriage return that ends the text only inside quotes', async () => {
    expect((await rowsIn('a\r', size)).rows).toEqual([['a']]);
    expect((await rowsIn('b,a\r', size)).rows).toEqual([['b', 'a']]);
    expect((await rowsIn('"\r"\r\n"\r"', size)).rows).toEqual([['\r'], ['\r']]);
    expect((await rowsIn('\r\n\r', size)).rows).toEqual([[''], ['']]);
    expect((await rowsIn('"a\r"', size)).rows).toEqual([['a\r']]);
  });

  it.each([
    ['"a', 1],
    ['a\nb,"c\nd\n', 2],
    ['"a"b"\n', 1],
    ['x\n"a" b,"c"\n', 2],
  ])('refuses %j and names line %i', async (text, line) => {
    await expect(rowsIn(text, size)).rejects.toMatchObject({
      code: 'report_malformed',
      message: expect.stringContaining(`Line ${line}: a quote inside a quoted cell`),
      hint: expect.stringContaining('export it as CSV'),
    });
  });
});

describe('a row without end', () => {
  it('is refused before it fills the memory', async () => {
    const text = `a\n"${'x\n'.repeat(10 * 1024 * 1024)}`;
    await expect(rowsIn(text)).rejects.toMatchObject({
      code: 'report_malformed',
      message: expect.stringContaining('Line 2: a row has no end'),
    });
  });
});

describe('no text', () => {
  it('has no rows', async () => {
    expect((await rowsIn('')).rows).toEqual([]);
    expect((await rowsIn('\ufeff')).rows).toEqual([]);
  });
});

describe('the line of a character', () => {
  it.each([
    [0, 1],
    [1, 1],
    [2, 2],
    [3, 3],
    [4, 3],
    [99, 4],
  ])('at offset %i is %i', async (offset, line) => {
    for (const size of everyCut) {
      expect(await lineAt(textInMemory('a\n\nbc\nd', size), offset)).toBe(line);
    }
  });
});
