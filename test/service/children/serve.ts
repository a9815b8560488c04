// A service in a process of its own, for tests that kill it: prints its address, and runs until then.
// Usage: node serve.ts HOME
import { startChartlift } from '../../../src/context.ts';
import { createLogger } from '../../../src/logger.ts';

const [, , home] = process.argv;
const { url } = await startChartlift({
  env: process.env,
  home,
  port: 0,
  logger: createLogger({ level: 'warn' }),
});
process.stdout.write(`${url}\n`);
