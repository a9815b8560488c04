import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { wholeNumber } from '../whole-number.ts';
import type { SimulateOptions } from './simulate.ts';

export function addSimulateCommand(program: Command, context: CommandContext): void {
  program
    .command('simulate')
    .description('run a simulated Amplitude on this machine, to try chartlift without an account')
    .option('--port <n>', 'port to listen on; 0 takes a free one', wholeNumber, 8_377)
    .option('--seed <s>', 'another seed gives other numbers', wholeNumber, 1)
    .option('--latency <ms>', 'how long every answer takes to start', wholeNumber, 0)
    .addHelpText(
      'after',
      `
Prints its keys and charts, and runs until it is interrupted.

Example:
  chartlift simulate --port 8377`,
    )
    .action(async (options: SimulateOptions) => {
      const { simulate } = await import('./simulate.ts');
      await simulate(options, context);
    });
}
