import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readReport } from '../../src/source/amplitude/report/report.ts';
import { textInMemory } from '../../src/source/amplitude/report/report-text.ts';
import { rowsOf } from '../../src/stream/record-batch.ts';
import { render, sampleTable, spelling } from './rendered-report.ts';

const runs = { numRuns: 400 };
const pieces = fc.integer({ min: 1, max: 300 });

async function readRendered(text: string, pieceCharacters: number) {
  const report = await readReport(textInMemory(text, pieceCharacters));
  const rows: (string | number | null)[][] = [];
  for await (const batch of report.batches('c1')) rows.push(...rowsOf(batch));
  return { report, rows };
}

describe('any table rendered as a report', () => {
  it('gives one record per row and value column', () =>
    fc.assert(
      fc.asyncProperty(sampleTable, spelling, pieces, async (table, how, size) => {
        const { report, rows } = await readRendered(render(table, how), size);
        expect(rows).toHaveLength(table.rows.length * table.segments.length);
        expect(report.records).toBe(rows.length);
      }),
      runs,
    ));

  it('gives its values back exactly, and blanks as null', () =>
    fc.assert(
      fc.asyncProperty(sampleTable, spelling, pieces, async (table, how, size) => {
        const { report, rows } = await readRendered(render(table, how), size);
        expect(rows.map((row) => row[4])).toEqual(table.rows.flatMap((row) => row.values));
        expect(report.warnings).toEqual([]);
      }),
      runs,
    ));

  it('gives its labels and segments back exactly', () =>
    fc.assert(
      fc.asyncProperty(sampleTable, spelling, pieces, async (table, how, size) => {
        const { report, rows } = await readRendered(render(table, how), size);
        expect(report.metadata.title).toBe(table.title);
        expect(rows.map((row) => row.slice(1, 4))).toEqual(
          table.rows.flatMap((row) =>
            table.segments.map((segment) => [
              table.labelHeaders.join('; '),
              row.labels.join('; '),
              segment,
            ]),
          ),
        );
      }),
      runs,
    ));
});
