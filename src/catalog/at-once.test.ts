import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readText } from './at-once.ts';

it('many small files are read without holding up the others, however many ask at once', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'chartlift-at-once-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  const path = join(directory, 'file');
  // Each takes about a millisecond.
  writeFileSync(path, 'x'.repeat(1_000_000));
  let turns = 0;
  let isReading = true;
  const count = () => {
    turns += 1;
    if (isReading) setImmediate(count);
  };
  setImmediate(count);
  const started = performance.now();
  const texts = await Promise.all(Array.from({ length: 200 }, () => readText(path)));
  isReading = false;
  expect(texts.every(({ length }) => length === 1_000_000)).toBe(true);
  // A turn for every 4 ms and the one read that went beyond it; generous, since machines differ.
  expect(turns).toBeGreaterThan((performance.now() - started) / 20);
});
