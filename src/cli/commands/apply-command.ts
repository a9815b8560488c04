import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import type { ApplyOptions } from './apply.ts';

export function addApplyCommand(program: Command, context: CommandContext): void {
  program
    .command('apply')
    .description('make the sources of a running service as a file says, with a plan shown first')
    .argument(
      '<file>',
      'a YAML file with sources, as export writes it; - reads it from standard input',
    )
    .option('--dry-run', 'only show the plan')
    .option('--plan', 'the same as --dry-run')
    .option('--yes', 'carry the plan out without asking')
    .option('--prune', 'delete sources that the file does not name; their tables stay')
    .option(
      '--credentials',
      'replace the keys of sources that are there, too, by those of the file',
    )
    .option('--json', 'print plan and outcome as one JSON document')
    .addHelpText(
      'after',
      `
The file refers to keys as \${NAME}, a variable of the environment. Applying it again changes nothing.

Example:
  chartlift apply sources.yaml --dry-run
  chartlift apply sources.yaml --yes`,
    )
    .action(async (file: string, options: ApplyOptions) => {
      const { apply } = await import('./apply.ts');
      await apply(file, options, context);
    });
}
