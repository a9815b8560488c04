/**
 * Process: one sync that kills itself at a step. Arguments: the simulator's URL, the lake, the chart, the
 * step, or `none`. Prints each step that it passes.
 */
import { writeSync } from 'node:fs';
import { syncInSteps } from './sync-in-steps.ts';

const [url = '', lake = '', chart = '', deadly = ''] = process.argv.slice(2);

await syncInSteps({
  url,
  lake,
  chart,
  runId: `run-${process.pid}`,
  onStep: (step) => {
    // Written at once: what a killed process still buffers is lost.
    writeSync(1, `${step}\n`);
    if (step === deadly) process.kill(process.pid, 'SIGKILL');
  },
});
