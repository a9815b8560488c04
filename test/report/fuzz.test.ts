import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ChartliftError } from '../../src/errors.ts';
import { createEnvelopeDecoder } from '../../src/source/amplitude/report/envelope.ts';
import { readReport } from '../../src/source/amplitude/report/report.ts';
import { textInMemory } from '../../src/source/amplitude/report/report-text.ts';

const CHARTS = join(import.meta.dirname, '../charts');
const MUTANTS = 100_000;
/** A report of a few kilobytes takes well under a millisecond; more than this is a hang. */
const LONGEST_MS = 2_000;

/** What breaks readers of reports: structure characters, marks, number-like texts, half characters. */
const PIECES = [
  ...[
    '"',
    '""',
    ',',
    '\\',
    '\\"',
    '\\n',
    '\\t',
    '\\u',
    '\\ud83d',
    '\\u0000',
    '{',
    '}',
    '[',
    ':',
    '\0',
  ],
  ...[
    '\r',
    '\n',
    '\r\n',
    '\\r\\n\\r\\n',
    '\t',
    '\ufeff',
    '*',
    '%',
    '$',
    '-',
    '+',
    'e',
    '.',
    '1e9',
    ' ',
  ],
  ...[
    'N/A',
    'Infinity',
    'NaN',
    '0x1',
    '2026-01-01',
    'T00:00:00',
    '<html>',
    '"data"',
    'null',
    '𝟙',
    '٣',
  ],
];

/** xorshift32: the same mutants in every run. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

function mutate(answer: string, random: (below: number) => number): string {
  let mutant = answer;
  for (let edits = 1 + random(4); edits > 0; edits -= 1) {
    const at = random(mutant.length + 1);
    const length = random(12);
    const piece = PIECES[random(PIECES.length)] ?? '';
    const kind = random(5);
    if (kind === 0) mutant = mutant.slice(0, at) + piece + mutant.slice(at);
    else if (kind === 1) mutant = mutant.slice(0, at) + mutant.slice(at + length);
    else if (kind === 2) mutant = mutant.slice(0, at) + piece + mutant.slice(at + 1);
    else if (kind === 3) mutant = mutant.slice(0, at) + mutant.slice(random(mutant.length + 1));
    else mutant = mutant.slice(0, at + length) + mutant.slice(at);
  }
  return mutant;
}

const readings = new Map<string, readonly number[]>();

/** Every number that a part of a token can be taken for, written apart from the reader. */
function readingsOf(token: string): readonly number[] {
  const known = readings.get(token);
  if (known !== undefined) return known;
  const numbers: number[] = [];
  for (let from = 0; from < token.length; from += 1) {
    for (let to = token.length; to > from; to -= 1) {
      const plain = token.slice(from, to).replace(/[$,]/g, '');
      const number = Number(plain);
      if (plain !== '' && Number.isFinite(number)) {
        numbers.push(number, -number, number / 100, -number / 100, Number(`${plain}e-2`));
      }
    }
  }
  readings.set(token, numbers);
  return numbers;
}

/** Every number that stands in a text in any of the understood spellings. */
function numbersIn(text: string): Set<number> {
  const tokens = text.matchAll(/[-+$]*[\d.][\d.,]*(?:[eE][-+]?\d+)?/g);
  return new Set([...tokens].flatMap(([token]) => readingsOf(token)));
}

async function numbersOut(answer: string): Promise<{ report: string; values: number[] }> {
  const decoder = createEnvelopeDecoder();
  const report = new TextDecoder().decode(decoder.push(new TextEncoder().encode(answer)));
  decoder.end();
  const values: number[] = [];
  for await (const batch of (await readReport(textInMemory(report))).batches('c1')) {
    const vector = batch.columns[4];
    if (vector?.kind !== 'double') throw new Error('the value column holds no doubles');
    vector.values.forEach((value, row) => {
      if (vector.valid?.[row] !== 0) values.push(value);
    });
  }
  return { report, values };
}

function isRefusal(error: unknown): boolean {
  return (
    error instanceof ChartliftError &&
    (error.code === 'not_a_chart_report' || error.code === 'report_malformed')
  );
}

describe('mutated reports', () => {
  const answers = readdirSync(CHARTS)
    .map((name) => readFileSync(join(CHARTS, name, 'answer.txt'), 'utf8'))
    .filter((answer) => answer.length < 5_000);

  it(`end in records or a typed error, ${MUTANTS.toLocaleString('en')} times`, async () => {
    const random = randomFrom(20_260_601);
    const outcomes = { records: 0, errors: 0 };
    const wrong: { answer: string; invented: number[] }[] = [];
    let longest = 0;
    // No `expect` in here: three for each mutant would take longer than reading it.
    for (let mutant = 0; mutant < MUTANTS; mutant += 1) {
      const answer = mutate(answers[mutant % answers.length] ?? '', random);
      const started = performance.now();
      try {
        const { report, values } = await numbersOut(answer);
        outcomes.records += 1;
        const known = values.length > 0 ? numbersIn(report) : new Set();
        const invented = values.filter((value) => !known.has(value));
        if (invented.length > 0) wrong.push({ answer, invented });
      } catch (error) {
        if (!isRefusal(error)) throw new Error(`from ${JSON.stringify(answer)}`, { cause: error });
        outcomes.errors += 1;
      }
      longest = Math.max(longest, performance.now() - started);
    }
    expect(wrong).toEqual([]);
    expect(longest).toBeLessThan(LONGEST_MS);
    expect(outcomes.records).toBeGreaterThan(MUTANTS / 10);
    expect(outcomes.errors).toBeGreaterThan(MUTANTS / 10);
  }, 120_000);
});
