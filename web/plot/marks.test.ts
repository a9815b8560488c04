import { expect, it } from 'vitest';
import { markOf } from './marks.ts';

it('gives each of the lines that are shown at first a sign of its own', () => {
  const marks = Array.from({ length: 10 }, (_, index) => JSON.stringify(markOf(index)));
  expect(new Set(marks).size).toBe(10);
});
