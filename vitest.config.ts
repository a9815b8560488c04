import { availableParallelism } from 'node:os';
import react from '@vitejs/plugin-react';
import { configDefaults, defineConfig } from 'vitest/config';

const BROWSER_TESTS = 'test/browser/**/*.test.ts';

const QUICK_HASHES = 'test/quick-hashes.ts';

/** The files that read reports hold most of what can go wrong: no line of them goes untested. */
const REPORT_READER = 'src/source/amplitude/report';
const REPORT_TESTS = [
  `${REPORT_READER}/**/*.test.ts`,
  'test/report/charts.test.ts',
  'test/report/properties.test.ts',
];

/** Many tests wait for processes and clocks: one worker more than cores keeps both busy. */
const WORKERS = availableParallelism() + 1;

/** Tests start servers, processes and DuckDB on two cores; a slow machine must not fail them. In ms. */
const TEST_MS = 30_000;

/** Real processes, timers and browsers on a busy machine are late now and then; what is wrong is wrong twice. */
const RETRIES = 1;

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          // Apart, since counting lines makes all code slower, that of Node.js and of other tests, too.
          name: 'reports',
          include: REPORT_TESTS,
          testTimeout: TEST_MS,
          retry: RETRIES,
          isolate: false,
          maxWorkers: WORKERS,
        },
      },
      {
        test: {
          name: 'node',
          include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...REPORT_TESTS, BROWSER_TESTS],
          // One PostgreSQL for all tests of a run, and what is built before it is used.
          globalSetup: ['test/state/postgres-setup.ts', 'test/built-setup.ts'],
          setupFiles: [QUICK_HASHES],
          testTimeout: TEST_MS,
          retry: RETRIES,
          hookTimeout: TEST_MS,
          // Files share workers, which have loaded DuckDB and the like by then.
          isolate: false,
          maxWorkers: WORKERS,
        },
      },
      {
        plugins: [react()],
        test: {
          name: 'web',
          include: ['web/**/*.test.{ts,tsx}'],
          environment: 'happy-dom',
          testTimeout: TEST_MS,
          retry: RETRIES,
          isolate: false,
          maxWorkers: WORKERS,
        },
      },
      {
        test: {
          name: 'browser',
          include: [BROWSER_TESTS],
          globalSetup: ['test/browser/kit/set-up.ts'],
          setupFiles: [QUICK_HASHES, 'test/browser/kit/file-end.ts'],
          isolate: false,
          testTimeout: 4 * TEST_MS,
          retry: RETRIES,
          hookTimeout: TEST_MS,
          // As long as locators wait.
          expect: { poll: { timeout: 15_000 } },
          maxWorkers: WORKERS,
        },
      },
    ],
    coverage: {
      provider: 'v8',
      include: [`${REPORT_READER}/**`],
      thresholds: { lines: 100 },
    },
  },
});
