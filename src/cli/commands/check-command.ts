import type { Command } from 'commander';
import { type AccountOptions, withAccountOptions } from '../account-options.ts';
import type { CommandContext } from '../command-context.ts';

export function addCheckCommand(program: Command, context: CommandContext): void {
  withAccountOptions(program.command('check'))
    .description('check the credentials and each chart')
    .option('--json', 'print the results as one JSON document')
    .addHelpText(
      'after',
      `
Says of each chart its title and size, or what is wrong and what to do. Writes nothing.

Example:
  chartlift check --chart https://app.amplitude.com/analytics/acme/chart/abc123`,
    )
    .action(async (options: AccountOptions & { readonly json?: true }) => {
      const { check } = await import('./check.ts');
      await check(options, context);
    });
}
