import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import type { HomeOptions } from './backup.ts';

export function addBackupCommand(program: Command, context: CommandContext): void {
  program
    .command('backup')
    .description('copy the data folder of the service, which may run meanwhile')
    .argument('<dir>', 'where the copy is to be: not there yet, or an empty directory')
    .option('--home <dir>', 'data folder (default: CHARTLIFT_HOME, else ./chartlift-data)')
    .option('--json', 'print what was copied as one JSON document')
    .addHelpText(
      'after',
      `
The copy holds keys and data, and is readable by its owner alone. A service started with it as its data
folder goes on from there.

Example:
  chartlift backup ./backups/2026-06-01`,
    )
    .action(async (directory: string, options: HomeOptions) => {
      const { backup } = await import('./backup.ts');
      await backup(directory, options, context);
    });
}
