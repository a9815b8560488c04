// Mutation test of the files that read reports: `npm run mutation`. Results: docs/testing.md.
export default {
  testRunner: 'vitest',
  vitest: { configFile: 'test/report/mutation.config.ts' },
  plugins: ['@stryker-mutator/vitest-runner'],
  mutate: ['src/source/amplitude/report/*.ts', '!src/source/amplitude/report/*.test.ts'],
  ignorePatterns: ['demo-lake', 'coverage', 'dist', 'test/catalog', 'test/cli', 'test/simulator'],
  reporters: ['clear-text', 'progress-append-only'],
  coverageAnalysis: 'perTest',
  // The tool cannot read a tsconfig with TypeScript 7; it needs none, since Vitest strips the types.
  tsconfigFile: 'none',
  concurrency: 2,
  timeoutMS: 20_000,
  thresholds: { high: 95, low: 90, break: 90 },
};
