import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RecordBatch } from '../../stream/record-batch.ts';
import type { Column } from '../../stream/schema.ts';
import { ContentDigest } from './content-digest.ts';
import { PART_ROWS } from './growing-array.ts';
import { Part } from './part.ts';

const columns: Column[] = [
  { name: 'label', type: 'string', nullable: true, description: '' },
  { name: 'value', type: 'double', nullable: true, description: '' },
];
type Row = readonly [string | null, number | null];

/** The rows as a batch with a dictionary of its own, in an order of its own, with texts nobody uses. */
function batch(rows: readonly Row[], reversed = false): RecordBatch {
  const texts = [...new Set(rows.flatMap(([label]) => (label === null ? [] : [label])))];
  const values = ['unused', ...(reversed ? texts.toReversed() : texts)];
  return {
    rows: rows.length,
    columns: [
      {
        kind: 'dictionary',
        values,
        indices: Int32Array.from(rows, ([label]) => (label === null ? -1 : values.indexOf(label))),
      },
      {
        kind: 'double',
        values: Float64Array.from(rows, ([, value]) => value ?? 99),
        valid: Uint8Array.from(rows, ([, value]) => (value === null ? 0 : 1)),
      },
    ],
  };
}

function partOf(batches: readonly RecordBatch[]): Part {
  const part = new Part(columns);
  for (const each of batches) part.append(each, 0);
  return part;
}

function contentOf(part: Part): Row[] {
  const [labels, values] = part.vectors;
  if (labels?.kind !== 'text' || values?.kind !== 'number') throw new Error('other columns');
  return Array.from({ length: part.rows }, (_, row): Row => {
    const value = values.values[row] ?? Number.NaN;
    return [labels.texts[labels.ids[row] ?? -1] ?? null, Number.isNaN(value) ? null : value];
  });
}

function digestOf(part: Part): string {
  const digest = new ContentDigest();
  digest.add(part);
  return digest.finish();
}

const anyRows = fc.array(
  fc.tuple(
    fc.option(fc.constantFrom('a', 'b', '', 'ü', '😀')),
    fc.option(fc.double({ noNaN: true }).map((value) => value + 0)),
  ),
  { maxLength: 60 },
);

describe('a part', () => {
  it('holds the same rows and has the same digest, however they were cut into batches', () => {
    fc.assert(
      fc.property(anyRows, fc.array(fc.nat(20)), fc.boolean(), (rows, cuts, reversed) => {
        const whole = partOf([batch(rows)]);
        expect(contentOf(whole)).toEqual(rows);
        const batches: RecordBatch[] = [];
        let from = 0;
        for (const cut of cuts) {
          batches.push(batch(rows.slice(from, from + cut), reversed));
          from += cut;
        }
        batches.push(batch(rows.slice(from), reversed));
        const cutUp = partOf(batches);
        expect(contentOf(cutUp)).toEqual(rows);
        expect(digestOf(cutUp)).toBe(digestOf(whole));
      }),
    );
  });

  it('has another digest for any other rows', () => {
    fc.assert(
      fc.property(anyRows, anyRows, (a, b) => {
        fc.pre(JSON.stringify(a) !== JSON.stringify(b));
        expect(digestOf(partOf([batch(a)]))).not.toBe(digestOf(partOf([batch(b)])));
      }),
    );
  });

  it('takes constants for what they stand for', () => {
    const constant: RecordBatch = {
      rows: 3,
      columns: [
        { kind: 'constant', value: 'x' },
        { kind: 'constant', value: null },
      ],
    };
    const rows: Row[] = [
      ['x', null],
      ['x', null],
      ['x', null],
    ];
    expect(contentOf(partOf([constant]))).toEqual(rows);
    expect(digestOf(partOf([constant]))).toBe(digestOf(partOf([batch(rows)])));
  });

  it('copies what it is given, and may be filled again', () => {
    const part = new Part(columns);
    const reused = batch([['a', 1]]);
    part.append(reused, 0);
    const [, values] = reused.columns;
    if (values?.kind === 'double') values.values[0] = 2;
    expect(contentOf(part)).toEqual([['a', 1]]);
    part.clear();
    part.append(batch([['b', 3]]), 0);
    expect(contentOf(part)).toEqual([['b', 3]]);
    expect(digestOf(part)).toBe(digestOf(partOf([batch([['b', 3]])])));
  });

  it('takes no more rows than a data file has', () => {
    const rows = PART_ROWS + 5;
    const large: RecordBatch = {
      rows,
      columns: [
        { kind: 'constant', value: 'x' },
        { kind: 'double', values: new Float64Array(rows), valid: undefined },
      ],
    };
    const part = new Part(columns);
    expect(part.append(large, 0)).toBe(PART_ROWS);
    expect(part.rows).toBe(PART_ROWS);
  });

  it.each([
    ['a column too few', { rows: 1, columns: [{ kind: 'constant', value: 'x' }] }],
    [
      'a text for a number',
      {
        rows: 1,
        columns: [
          { kind: 'constant', value: 'x' },
          { kind: 'constant', value: '1' },
        ],
      },
    ],
    [
      'a number for a text',
      {
        rows: 1,
        columns: [
          { kind: 'double', values: new Float64Array(1), valid: undefined },
          { kind: 'constant', value: null },
        ],
      },
    ],
  ] satisfies [string, RecordBatch][])('refuses %s', (_, wrong) => {
    expect(() => new Part(columns).append(wrong, 0)).toThrow(
      expect.objectContaining({ code: 'internal' }),
    );
  });
});
