import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';

export function addExportCommand(program: Command, context: CommandContext): void {
  program
    .command('export')
    .description('write all sources of a running service as one file, without keys')
    .argument('[file]', 'where to write it; standard output unless given')
    .option('--json', 'print the same as one JSON document')
    .addHelpText(
      'after',
      `
Keys stand in it as \${NAME}, a variable of the environment. A file that is there keeps its own names.

Example:
  chartlift export sources.yaml`,
    )
    .action(async (file: string | undefined, options: { readonly json?: true }) => {
      const { exportCommand } = await import('./export.ts');
      await exportCommand(file, options, context);
    });
}
