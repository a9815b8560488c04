import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import type { HomeOptions } from './backup.ts';

export function addSecretsCommand(program: Command, context: CommandContext): void {
  const secrets = program
    .command('secrets')
    .description('the keys that the stored credentials are encrypted with')
    .helpCommand(false)
    .addHelpText(
      'after',
      `
Example:
  chartlift secrets rotate`,
    );
  secrets
    .command('rotate')
    .description('encrypt all stored credentials with a new key; the service may run meanwhile')
    .option('--home <dir>', 'data folder (default: CHARTLIFT_HOME, else ./chartlift-data)')
    .option('--json', 'print what was done as one JSON document')
    .addHelpText(
      'after',
      `
If it is interrupted nothing is lost; run it again. With CHARTLIFT_SECRET_KEY, put the new key before the
old one there first, and start the service again.

Example:
  chartlift secrets rotate --home ./chartlift-data`,
    )
    .action(async (options: HomeOptions) => {
      const { secretsRotate } = await import('./secrets-rotate.ts');
      await secretsRotate(options, context);
    });
}
