import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileStatistics, lowerBound, upperBound } from './file-statistics.ts';
import { Part } from './part.ts';

const byBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

describe('the bounds of a text', () => {
  it('hold it between them and are short', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 80 }),
      fc
        .array(fc.constantFrom('\u{10FFFF}', '\uFFFD', 'a', '😀'), { maxLength: 80 })
        .map((all) => all.join('')),
    );
    fc.assert(
      fc.property(text, (any) => {
        const whole = any.toWellFormed();
        expect(byBytes(lowerBound(whole), whole)).toBeLessThanOrEqual(0);
        expect(byBytes(upperBound(whole), whole)).toBeGreaterThanOrEqual(0);
        expect([...lowerBound(whole)].length).toBeLessThanOrEqual(32);
      }),
    );
  });

  it('are the text itself when it is short', () => {
    const text = 'x'.repeat(32);
    expect([lowerBound(text), upperBound(text)]).toEqual([text, text]);
    expect(upperBound(`${text}y`)).toBe(`${text}\u{10FFFF}`);
  });
});

describe('the statistics of a file', () => {
  const columns = [
    { name: 'a', type: 'string', nullable: true, description: '' },
    { name: 'b', type: 'double', nullable: true, description: '' },
    { name: 'c', type: 'double', nullable: true, description: '' },
    { name: 'd', type: 'string', nullable: true, description: '' },
  ] as const;

  it('count nulls and know the least and the greatest, by code point', () => {
    const part = new Part(columns);
    part.append(
      {
        rows: 3,
        columns: [
          { kind: 'dictionary', values: ['😀', '\uFFFD', 'Z'], indices: Int32Array.of(1, 0, -1) },
          { kind: 'double', values: Float64Array.of(3, -2, Number.NaN), valid: undefined },
          {
            kind: 'double',
            values: Float64Array.of(1, Number.POSITIVE_INFINITY, 2),
            valid: undefined,
          },
          { kind: 'constant', value: null },
        ],
      },
      0,
    );
    expect(JSON.parse(fileStatistics(part))).toEqual({
      numRecords: 3,
      minValues: { a: '\uFFFD', b: -2 },
      maxValues: { a: '😀', b: 3 },
      nullCount: { a: 1, b: 1, c: 0, d: 3 },
    });
  });
});
