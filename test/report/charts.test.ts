import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createEnvelopeDecoder } from '../../src/source/amplitude/report/envelope.ts';
import { readReport } from '../../src/source/amplitude/report/report.ts';
import { textInMemory } from '../../src/source/amplitude/report/report-text.ts';
import { rowsOf } from '../../src/stream/record-batch.ts';

/**
 * Every folder of `test/charts` is one case: `answer.txt` is the body of Amplitude's answer,
 * `expected.json` what must come out. Adding a case adds no code.
 */
const CHARTS = join(import.meta.dirname, '../charts');

const text = z.string().nullable();
const record = z.tuple([z.string(), z.string(), z.number().nullable()]);
const Expected = z.strictObject({
  metadata: z.strictObject({
    title: text,
    description: text,
    metric: text,
    event: text,
    filters: text,
  }),
  dimension: text,
  warnings: z.array(z.string()),
  /** dimension_value, segment, value. */
  records: z.array(record).optional(),
  /** In place of `records` where there are too many to list. */
  summary: z
    .strictObject({ records: z.number(), first: record, last: record, sum: z.number() })
    .optional(),
});

async function readAnswer(answer: Uint8Array, pieceBytes: number) {
  const decoder = createEnvelopeDecoder();
  const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let report = '';
  for (let at = 0; at < answer.length; at += pieceBytes) {
    report += utf8.decode(decoder.push(answer.subarray(at, at + pieceBytes)), { stream: true });
  }
  decoder.end();
  const read = await readReport(textInMemory(report, pieceBytes));
  const records: (string | number | null)[][] = [];
  for await (const batch of read.batches('c1')) records.push(...rowsOf(batch));
  return { read, records };
}

describe.each(readdirSync(CHARTS))('%s', (name) => {
  const answer = readFileSync(join(CHARTS, name, 'answer.txt'));
  const expected = Expected.parse(
    JSON.parse(readFileSync(join(CHARTS, name, 'expected.json'), 'utf8')),
  );
  // Whole, and cut at every few bytes: cells, escapes and characters must survive any cut.
  const pieces = answer.length > 50_000 ? [answer.length, 65_536] : [answer.length, 7, 1];

  it.each(pieces)('comes out right in pieces of %i bytes', async (pieceBytes) => {
    const { read, records } = await readAnswer(answer, pieceBytes);
    expect(read.metadata).toEqual(expected.metadata);
    expect(read.dimension).toBe(expected.dimension);
    expect(read.warnings.map((warning) => warning.message)).toEqual(expected.warnings);
    expect(records).toHaveLength(read.records);
    const full = (row: readonly unknown[]) => ['c1', expected.dimension, ...row];
    if (expected.summary === undefined) {
      expect(records.map((row) => row.map(unsigned))).toEqual((expected.records ?? []).map(full));
      return;
    }
    const { first, last, sum, records: count } = expected.summary;
    expect(records).toHaveLength(count);
    expect([records.at(0), records.at(-1)]).toEqual([full(first), full(last)]);
    expect(records.reduce((total, row) => total + Number(row[4]), 0)).toBe(sum);
  });
});

/** JSON has no negative zero. */
function unsigned(cell: string | number | null): string | number | null {
  return cell === 0 ? 0 : cell;
}
