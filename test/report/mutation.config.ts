import { defineConfig } from 'vitest/config';

/** The tests that a mutant of the report reader has to get past: all but the fuzzer, which takes too long for each. */
export default defineConfig({
  test: {
    include: ['src/source/amplitude/report/*.test.ts', 'test/report/charts.test.ts'],
    testTimeout: 30_000,
  },
});
