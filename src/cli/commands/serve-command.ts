import { type Command, InvalidArgumentError } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { wholeNumber } from '../whole-number.ts';
import type { ServeOptions } from './serve.ts';

export function addServeCommand(program: Command, context: CommandContext): void {
  program
    .command('serve')
    .description('run the service: sources that run by themselves, and an HTTP API')
    .option('--port <n>', 'port to listen on; 0 takes a free one (default: 4860)', portNumber)
    .option('--host <address>', 'address to listen on (default: this machine only)')
    .option('--home <dir>', 'data folder (default: CHARTLIFT_HOME, else ./chartlift-data)')
    .addHelpText(
      'after',
      `
Prints its address and, until there is an administrator, a link to make one. Ctrl-C or SIGTERM stops it
within ten seconds; what it did not finish goes on at the next start. docs/service.md has all settings.

Example:
  chartlift serve --port 4860 --home ./chartlift-data`,
    )
    .action(async (options: ServeOptions) => {
      const { serve } = await import('./serve.ts');
      await serve(options, context);
    });
}

function portNumber(text: string): number {
  const port = wholeNumber(text);
  if (port > 65_535) throw new InvalidArgumentError('It must be 65535 at most.');
  return port;
}
