import type { Command } from 'commander';
import { type AccountOptions, withAccountOptions } from '../account-options.ts';
import type { CommandContext } from '../command-context.ts';

export function addPreviewCommand(program: Command, context: CommandContext): void {
  withAccountOptions(program.command('preview'))
    .description('show the first rows, the metadata and the warnings of each chart')
    .option('--json', 'print the previews as one JSON document')
    .addHelpText(
      'after',
      `
Writes nothing.

Example:
  chartlift preview --chart abc123`,
    )
    .action(async (options: AccountOptions & { readonly json?: true }) => {
      const { preview } = await import('./preview.ts');
      await preview(options, context);
    });
}
