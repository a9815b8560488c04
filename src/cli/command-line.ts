import { Command, CommanderError } from 'commander';
import { VERSION } from '../version.ts';
import type { CommandContext } from './command-context.ts';
import { addApplyCommand } from './commands/apply-command.ts';
import { addBackupCommand } from './commands/backup-command.ts';
import { addCheckCommand } from './commands/check-command.ts';
import { addDiscoverCommand } from './commands/discover-command.ts';
import { addExportCommand } from './commands/export-command.ts';
import { addHistoryCommand } from './commands/history-command.ts';
import { addPreviewCommand } from './commands/preview-command.ts';
import { addRunCommand } from './commands/run-command.ts';
import { addSecretsCommand } from './commands/secrets-command.ts';
import { addServeCommand } from './commands/serve-command.ts';
import { addSimulateCommand } from './commands/simulate-command.ts';
import { addSourceCommand } from './commands/source-command.ts';
import { addSqlCommand } from './commands/sql-command.ts';
import { addSyncCommand } from './commands/sync-command.ts';
import { addTablesCommand } from './commands/tables-command.ts';
import { addVacuumCommand } from './commands/vacuum-command.ts';
import { printError } from './output/print-error.ts';
import type { Terminal } from './terminal.ts';

/** Wrong usage (ERROR_FACTS of `usage`). */
const WRONG_USAGE = 2;

/** Runs one command line and gives its exit code. Never throws; whatever goes wrong is printed. */
export async function runCommandLine(args: readonly string[], terminal: Terminal): Promise<number> {
  let exitCode = 0;
  const program = createProgram({ terminal, exitWith: (code) => (exitCode = code) });
  try {
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : WRONG_USAGE;
    return printError(terminal, error).exitCode;
  }
  return exitCode;
}

/** All commands. Their implementations load when they run, so that help comes at once. */
export function createProgram(context: CommandContext): Command {
  const { terminal } = context;
  const program = new Command('chartlift')
    .description('Lifts saved Amplitude charts into an open lakehouse: one chart, one Delta table.')
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand(false)
    .exitOverride()
    .showSuggestionAfterError(true)
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err })
    .addHelpText(
      'after',
      `
Keys come from AMPLITUDE_API_KEY and AMPLITUDE_SECRET_KEY, or from a --config file. The commands
source, run, apply and export talk to a running service: CHARTLIFT_URL, CHARTLIFT_TOKEN.

Example:
  chartlift sync --chart abc123 --lake ./lake
  chartlift sql --lake ./lake "SELECT * FROM raw.chart_abc123"

Exit codes: 0 everything worked, 1 some stream failed, 2 wrong usage or configuration,
3 credentials refused, 130 interrupted.`,
    );
  addCheckCommand(program, context);
  addDiscoverCommand(program, context);
  addPreviewCommand(program, context);
  addSyncCommand(program, context);
  addTablesCommand(program, context);
  addHistoryCommand(program, context);
  addSqlCommand(program, context);
  addVacuumCommand(program, context);
  addServeCommand(program, context);
  addSourceCommand(program, context);
  addRunCommand(program, context);
  addApplyCommand(program, context);
  addExportCommand(program, context);
  addBackupCommand(program, context);
  addSecretsCommand(program, context);
  addSimulateCommand(program, context);
  return program;
}
