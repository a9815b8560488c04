import { type Command, Option } from 'commander';
import { ChartliftError } from '../errors.ts';

/**
 * Adds an option that must be given. Commander's own `requiredOption` would speak up before misspelled
 * options are found, and says no more than that one is missing.
 */
export function withRequiredOption(command: Command, flags: string, description: string): Command {
  const option = new Option(flags, description);
  return command.addOption(option).hook('preAction', (_, { parent }) => {
    if (command.getOptionValue(option.attributeName()) !== undefined) return;
    const path = [parent?.parent?.name(), parent?.name(), command.name()].filter(Boolean).join(' ');
    throw new ChartliftError(
      'usage',
      `${path} needs ${flags}: ${description}.`,
      `Add it; "${path} --help" shows an example.`,
    );
  });
}

/** Where the tables are. */
export function withLakeOption(command: Command, description = 'directory of the lake'): Command {
  return withRequiredOption(command, '--lake <dir>', description);
}
