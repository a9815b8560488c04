import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { withLakeOption } from '../required-option.ts';
import type { HistoryOptions } from './history.ts';

export function addHistoryCommand(program: Command, context: CommandContext): void {
  withLakeOption(program.command('history'))
    .description('list the versions of a table: when, how many rows, what changed')
    .argument('<table>', 'the table as layer.table, such as raw.chart_abc123')
    .option('--json', 'print the versions as one JSON document')
    .addHelpText(
      'after',
      `
Example:
  chartlift history --lake ./lake raw.chart_abc123`,
    )
    .action(async (table: string, options: HistoryOptions) => {
      const { history } = await import('./history.ts');
      await history(table, options, context);
    });
}
