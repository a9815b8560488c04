import { type Command, Option } from 'commander';
import { withChartOptions, withServiceAccountOptions } from '../account-options.ts';
import type { CommandContext } from '../command-context.ts';
import { withRequiredOption } from '../required-option.ts';
import { withTriggerOptions } from '../trigger-options.ts';
import { wholeNumber } from '../whole-number.ts';
import type { SourceAddStreamsOptions } from './source-add-streams.ts';
import type { SourceCreateOptions } from './source-create.ts';
import type { SourceDeleteOptions } from './source-delete.ts';
import type { SourceKeysOptions } from './source-keys.ts';
import type { SourceListOptions } from './source-list.ts';
import type { SourceRunOptions } from './source-run.ts';
import type { SourceUpdateOptions } from './source-update.ts';
import type { SourceValidateOptions } from './source-validate.ts';

interface JsonOption {
  readonly json?: true;
}

const SOURCE = ['<source>', 'name or id of the source'] as const;

/** `chartlift source …`: the sources of a running service. */
export function addSourceCommand(program: Command, context: CommandContext): void {
  const source = program
    .command('source')
    .description('sources of a running service: list, show, create, run, change, delete')
    .helpCommand(false)
    .addHelpText(
      'after',
      `
The service is at CHARTLIFT_URL (http://127.0.0.1:4860 unless set) and wants a token in CHARTLIFT_TOKEN.

Example:
  chartlift source create --name Marketing --chart abc123 --daily 06:30 --run`,
    );
  addReading(source, context);
  addCreating(source, context);
  addChanging(source, context);
  addRunning(source, context);
}

function addReading(source: Command, context: CommandContext): void {
  source
    .command('list')
    .description('list the sources')
    .option('--text <text>', 'only those with this in their name or description')
    .option('--status <status>', 'only those whose last run is in this status')
    .option('--paused', 'only those that are paused')
    .option('--json', 'print the sources as one JSON document')
    .action(async (options: SourceListOptions) => {
      const { sourceList } = await import('./source-list.ts');
      await sourceList(options, context);
    });
  source
    .command('show')
    .description('show a source with its streams')
    .argument(...SOURCE)
    .option('--json', 'print the source as one JSON document')
    .action(async (name: string, options: JsonOption) => {
      const { sourceShow } = await import('./source-show.ts');
      await sourceShow(name, options, context);
    });
}

function addCreating(source: Command, context: CommandContext): void {
  withServiceAccountOptions(source.command('validate'))
    .description('check keys and charts through the service, and save nothing')
    .argument('[source]', 'a source whose stored keys and charts are checked again')
    .option('--json', 'print the validation as one JSON document')
    .addHelpText(
      'after',
      `
Example:
  chartlift source validate --chart abc123 def456
  chartlift source validate Marketing`,
    )
    .action(async (name: string | undefined, options: SourceValidateOptions) => {
      const { sourceValidate } = await import('./source-validate.ts');
      await sourceValidate(name, options, context);
    });
  const account = withServiceAccountOptions(source.command('create'));
  const create = withRequiredOption(account, '--name <name>', 'name of the source')
    .description('check keys and charts, and make a source of them')
    .option('--description <text>', 'what it is for, 140 characters at most', '');
  withTriggerOptions(withPlaceOptions(create))
    .option('--time-limit <minutes>', 'how long a run may take', wholeNumber, 180)
    .option('--paused', 'let it not run by itself yet')
    .option('--run', 'run it at once, and show its progress')
    .option('--json', 'print the source as one JSON document')
    .addHelpText(
      'after',
      `
Keys come from AMPLITUDE_API_KEY and AMPLITUDE_SECRET_KEY, or from a --config file. Without a trigger it
runs when somebody starts it.

Example:
  chartlift source create --name Marketing --chart abc123 --folder marketing --daily 06:30 --run`,
    )
    .action(async (options: SourceCreateOptions) => {
      const { sourceCreate } = await import('./source-create.ts');
      await sourceCreate(options, context);
    });
  const add = withChartOptions(source.command('add-streams'))
    .description('add charts to a source')
    .argument(...SOURCE);
  withPlaceOptions(add)
    .option('--json', 'print the streams of the source as one JSON document')
    .addHelpText(
      'after',
      `
The keys are those of the source.

Example:
  chartlift source add-streams Marketing --chart def456 --folder marketing`,
    )
    .action(async (name: string, options: SourceAddStreamsOptions) => {
      const { sourceAddStreams } = await import('./source-add-streams.ts');
      await sourceAddStreams(name, options, context);
    });
}

/** Where the tables of a source go, and which there are. */
function withPlaceOptions(command: Command): Command {
  return command
    .option('--layer <layer>', 'layer that the tables go to', 'raw')
    .option('--folder <name>', 'folder that groups the tables in their layer')
    .option('--prefix <prefix>', 'put before every table name', '')
    .option('--stream <name...>', 'only these streams, such as chart_abc123 or charts_metadata')
    .option('--skip-failed', 'leave out charts that cannot be read, instead of saving nothing');
}

function addChanging(source: Command, context: CommandContext): void {
  const update = source
    .command('update')
    .description('change what a source is called, what it is for, and when it runs')
    .argument(...SOURCE)
    .option('--name <name>', 'another name')
    .option('--description <text>', 'what it is for, 140 characters at most')
    .option('--manual', 'run only when somebody starts it');
  withTriggerOptions(update)
    .option('--time-limit <minutes>', 'how long a run may take', wholeNumber)
    .option('--json', 'print the source as one JSON document')
    .addHelpText(
      'after',
      `
Example:
  chartlift source update Marketing --weekly mon,thu@06:30 --timezone Europe/Berlin`,
    )
    .action(async (name: string, options: SourceUpdateOptions) => {
      const { sourceUpdate } = await import('./source-update.ts');
      await sourceUpdate(name, options, context);
    });
  source
    .command('keys')
    .description('give a source other keys, once they are checked against its charts')
    .argument(...SOURCE)
    .option('--config <file>', 'a JSON or YAML file with api_key, secret_key, region')
    .option('--region <region>', 'where the project lives: us or eu')
    .option('--json', 'print the source as one JSON document')
    .addHelpText(
      'after',
      `
Keys come from AMPLITUDE_API_KEY and AMPLITUDE_SECRET_KEY, or from a --config file.

Example:
  chartlift source keys Marketing`,
    )
    .action(async (name: string, options: SourceKeysOptions) => {
      const { sourceKeys } = await import('./source-keys.ts');
      await sourceKeys(name, options, context);
    });
  addDeleting(source, context);
}

function addRunning(source: Command, context: CommandContext): void {
  source
    .command('run')
    .description('run a source now')
    .argument(...SOURCE)
    .option('--follow', 'show its progress, and end as it ends')
    .option('--json', 'print the run as one JSON document')
    .addHelpText(
      'after',
      `
With --follow it ends with 0 if everything worked, 1 if some stream failed, 3 if the keys were refused,
130 if the run was canceled. Ctrl-C ends the watching; the run goes on.

Example:
  chartlift source run Marketing --follow`,
    )
    .action(async (name: string, options: SourceRunOptions) => {
      const { sourceRun } = await import('./source-run.ts');
      await sourceRun(name, options, context);
    });
  for (const [verb, paused, description] of [
    ['pause', true, 'let a source not run by itself'],
    ['resume', false, 'let a source run by itself again'],
  ] as const) {
    source
      .command(verb)
      .description(description)
      .argument(...SOURCE)
      .option('--json', 'print the source as one JSON document')
      .action(async (name: string, options: JsonOption) => {
        const { sourcePause } = await import('./source-pause.ts');
        await sourcePause(name, paused, options, context);
      });
  }
}

function addDeleting(source: Command, context: CommandContext): void {
  source
    .command('delete')
    .description('delete a source with its runs; its tables stay unless told otherwise')
    .argument(...SOURCE)
    .option('--drop-tables', 'drop its tables, with all their versions')
    .option('--dry-run', 'only say what would go')
    .addOption(new Option('--yes', 'do it').conflicts('dryRun'))
    .option('--json', 'print what goes as one JSON document')
    .addHelpText(
      'after',
      `
Says what would go, and does it with --yes.

Example:
  chartlift source delete Marketing --drop-tables --yes`,
    )
    .action(async (name: string, options: SourceDeleteOptions) => {
      const { sourceDelete } = await import('./source-delete.ts');
      await sourceDelete(name, options, context);
    });
}
