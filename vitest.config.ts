import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    // Tests start servers, processes and DuckDB on two cores; a slow machine must not fail them.
    testTimeout: 30_000,
    // Vitest leaves a core free by default, which is half of a machine with two.
    maxWorkers: 2,
    // The files that read reports hold most of what can go wrong: no line of them goes untested.
    coverage: {
      provider: 'v8',
      include: ['src/source/amplitude/report/**'],
      thresholds: { lines: 100 },
    },
  },
});
