import { type Command, Option } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { wholeNumber } from '../whole-number.ts';
import type { RunListOptions } from './run-list.ts';
import type { RunLogsOptions } from './run-logs.ts';
import type { SourceRunOptions } from './source-run.ts';

/** As `state/run-record.ts` has them, which would load more than help needs. */
const STATUSES = ['queued', 'running', 'success', 'partial', 'failed', 'canceling', 'canceled'];

const RUN = ['<run>', 'id of the run'] as const;

/** `chartlift run …`: the runs of a running service. */
export function addRunCommand(program: Command, context: CommandContext): void {
  const run = program
    .command('run')
    .description('runs of a running service: list, show, logs, cancel, retry')
    .helpCommand(false)
    .addHelpText(
      'after',
      `
The service is at CHARTLIFT_URL (http://127.0.0.1:4860 unless set) and wants a token in CHARTLIFT_TOKEN.

Example:
  chartlift run list --status failed partial`,
    );
  addReading(run, context);
  run
    .command('cancel')
    .description('stop a run; tables that it has not committed stay as they were')
    .argument(...RUN)
    .option('--json', 'print the run as one JSON document')
    .action(async (id: string, options: { readonly json?: true }) => {
      const { runCancel } = await import('./run-cancel.ts');
      await runCancel(id, options, context);
    });
  run
    .command('retry')
    .description('run again what failed in a run, and nothing else')
    .argument(...RUN)
    .option('--follow', 'show its progress, and end as it ends')
    .option('--json', 'print the new run as one JSON document')
    .action(async (id: string, options: SourceRunOptions) => {
      const { runRetry } = await import('./run-retry.ts');
      await runRetry(id, options, context);
    });
}

function addReading(run: Command, context: CommandContext): void {
  run
    .command('list')
    .description('list runs, newest first')
    .option('--source <source>', 'only those of this source, by name or id')
    .addOption(new Option('--status <status...>', 'only those in these').choices(STATUSES))
    .addOption(
      new Option('--cause <cause>', 'only those with this cause').choices([
        'manual',
        'schedule',
        'after',
        'retry',
      ]),
    )
    .option(
      '--since <time>',
      'only those queued since then, such as 2026-06-01 or 2026-06-01T06:30Z',
    )
    .option('--limit <n>', 'how many at most', wholeNumber, 20)
    .option('--json', 'print the runs as one JSON document')
    .action(async (options: RunListOptions) => {
      const { runList } = await import('./run-list.ts');
      await runList(options, context);
    });
  run
    .command('show')
    .description('show a run with what came of each stream')
    .argument(...RUN)
    .option('--json', 'print the run as one JSON document')
    .action(async (id: string, options: { readonly json?: true }) => {
      const { runShow } = await import('./run-show.ts');
      await runShow(id, options, context);
    });
  run
    .command('logs')
    .description('print the log of a run')
    .argument(...RUN)
    .addOption(
      new Option('--level <level>', 'only lines of this level or above').choices([
        'debug',
        'info',
        'warn',
        'error',
      ]),
    )
    .option('--text <text>', 'only lines with this in them')
    .option('--follow', 'go on until the run has ended, and end as it ends')
    .option('--json', 'print the lines as one JSON document')
    .addHelpText(
      'after',
      `
Example:
  chartlift run logs --level warn run_01jx5wq2m3n4p5q6r7s8t9v0wx`,
    )
    .action(async (id: string, options: RunLogsOptions) => {
      const { runLogs } = await import('./run-logs.ts');
      await runLogs(id, options, context);
    });
}
