import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { withLakeOption } from '../required-option.ts';
import type { TablesOptions } from './tables.ts';

export function addTablesCommand(program: Command, context: CommandContext): void {
  withLakeOption(program.command('tables'))
    .description('list the tables of a lake with rows, size, version and age')
    .option('--json', 'print the tables as one JSON document')
    .addHelpText(
      'after',
      `
Example:
  chartlift tables --lake ./lake`,
    )
    .action(async (options: TablesOptions) => {
      const { tables } = await import('./tables.ts');
      await tables(options, context);
    });
}
