import type { Command } from 'commander';
import { withAccountOptions } from '../account-options.ts';
import type { CommandContext } from '../command-context.ts';
import { withLakeOption } from '../required-option.ts';
import { wholeNumber } from '../whole-number.ts';
import type { SyncOptions } from './sync.ts';

export function addSyncCommand(program: Command, context: CommandContext): void {
  const command = withAccountOptions(program.command('sync'));
  withLakeOption(command, 'directory of the lake; made if it is not there')
    .description('extract charts into tables of a lake')
    .option('--layer <layer>', 'layer that the tables go to', 'raw')
    .option('--folder <name>', 'folder that groups the tables in their layer')
    .option('--prefix <prefix>', 'put before every table name', '')
    .option('--stream <name...>', 'only these streams, such as chart_abc123 or charts_metadata')
    .option(
      '--time-limit <minutes>',
      'give up waiting after so long, should Amplitude ask to wait again and again',
      wholeNumber,
      180,
    )
    .option('--json', 'print the result as one JSON document')
    .addHelpText(
      'after',
      `
Each chart becomes table chart_<id>; charts_metadata has one row per chart. Every run brings the whole
current state; a chart without changes makes no new version. One failing chart does not stop the others.

Example:
  chartlift sync --chart abc123 def456 --lake ./lake --folder marketing`,
    )
    .action(async (options: SyncOptions) => {
      const { sync } = await import('./sync.ts');
      await sync(options, context);
    });
}
