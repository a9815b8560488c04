import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { withLakeOption } from '../required-option.ts';
import { wholeNumber } from '../whole-number.ts';
import type { VacuumOptions } from './vacuum.ts';

export function addVacuumCommand(program: Command, context: CommandContext): void {
  withLakeOption(program.command('vacuum'))
    .description('delete the files of versions that are older than the retention')
    .option(
      '--retain <days>',
      'keep every version that was current in the last days',
      wholeNumber,
      30,
    )
    .option('--dry-run', 'only say what would be deleted')
    .option('--json', 'print the result as one JSON document')
    .addHelpText(
      'after',
      `
The current version of every table always stays.

Example:
  chartlift vacuum --lake ./lake --retain 90`,
    )
    .action(async (options: VacuumOptions) => {
      const { vacuum } = await import('./vacuum.ts');
      await vacuum(options, context);
    });
}
