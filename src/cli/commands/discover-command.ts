import type { Command } from 'commander';
import { type AccountOptions, withAccountOptions } from '../account-options.ts';
import type { CommandContext } from '../command-context.ts';

export function addDiscoverCommand(program: Command, context: CommandContext): void {
  withAccountOptions(program.command('discover'))
    .description('list the streams that the charts give, with their columns')
    .option('--json', 'print the streams as one JSON document')
    .addHelpText(
      'after',
      `
A stream exists because its chart is named; nothing is requested from Amplitude.

Example:
  chartlift discover --chart abc123 def456`,
    )
    .action(async (options: AccountOptions & { readonly json?: true }) => {
      const { discover } = await import('./discover.ts');
      await discover(options, context);
    });
}
