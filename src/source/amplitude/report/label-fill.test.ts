import { describe, expect, it } from 'vitest';
import { createLabelFill } from './label-fill.ts';

function fillAll(rows: readonly (readonly string[])[]) {
  const fill = createLabelFill();
  return rows.map((row) => [...fill(row)]);
}

describe('blank labels', () => {
  it('are filled from the row above where a label to the right is not blank', () => {
    expect(
      fillAll([
        ['Acorn', 'A1', '2023'],
        ['', '', '2024'],
        ['', 'B2', '2024'],
        ['', '', '2025'],
      ]),
    ).toEqual([
      ['Acorn', 'A1', '2023'],
      ['Acorn', 'A1', '2024'],
      ['Acorn', 'B2', '2024'],
      ['Acorn', 'B2', '2025'],
    ]);
  });

  it('stay blank at the end of a row: that row is a total', () => {
    expect(
      fillAll([
        ['Acorn', 'A1'],
        ['Acorn', ''],
        ['', ''],
      ]),
    ).toEqual([
      ['Acorn', 'A1'],
      ['Acorn', ''],
      ['', ''],
    ]);
  });

  it('stay blank where a label to the left differs from the row above', () => {
    expect(
      fillAll([
        ['Acorn', 'A1', '2023'],
        ['Birch', '', '2024'],
      ]),
    ).toEqual([
      ['Acorn', 'A1', '2023'],
      ['Birch', '', '2024'],
    ]);
  });

  it('are filled in the middle where the labels to the left are the same', () => {
    expect(
      fillAll([
        ['Acorn', 'A1', '2023'],
        ['Acorn', '', '2024'],
      ]),
    ).toEqual([
      ['Acorn', 'A1', '2023'],
      ['Acorn', 'A1', '2024'],
    ]);
  });

  it('stay blank in the first row, which has no row above', () => {
    expect(fillAll([['', 'A1']])).toEqual([['', 'A1']]);
  });

  it('are filled from a row that was itself filled', () => {
    expect(
      fillAll([
        ['Acorn', 'A1'],
        ['', 'B2'],
        ['', 'C3'],
      ]).at(-1),
    ).toEqual(['Acorn', 'C3']);
  });

  it('do not confuse (none) with a blank', () => {
    expect(
      fillAll([
        ['Acorn', 'A1'],
        ['(none)', 'B2'],
      ]).at(-1),
    ).toEqual(['(none)', 'B2']);
  });
});
