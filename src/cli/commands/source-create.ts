import type { Trigger } from '../../state/trigger.ts';
import { readServiceAccount } from '../account.ts';
import type { AccountOptions } from '../account-options.ts';
import type { CommandContext } from '../command-context.ts';
import { jsonDocument } from '../output/json-document.ts';
import { printable } from '../output/printable.ts';
import { runSummary } from '../output/run-summary.ts';
import { timeText } from '../output/source-text.ts';
import type { ApiSourceDetail, ApiTriggerPreview } from '../service/api-types.ts';
import { chooseStreams } from '../service/choose-streams.ts';
import { resolveTrigger } from '../service/find-source.ts';
import { followRun } from '../service/follow-run.ts';
import { machineZone, readTrigger } from '../service/read-trigger.ts';
import { runExitCode } from '../service/run-progress.ts';
import { connectService, type ServiceApi } from '../service/service-api.ts';
import { apiCheckText, watchValidation } from '../service/watch-validation.ts';
import { type Terminal, tone } from '../terminal.ts';
import type { TriggerOptions } from '../trigger-options.ts';

/** Where the tables of a source go, and which there are. */
export interface PlaceOptions {
  readonly layer: string;
  readonly folder?: string;
  readonly prefix: string;
  readonly stream?: readonly string[];
  readonly skipFailed?: true;
}

export interface SourceCreateOptions extends AccountOptions, PlaceOptions, TriggerOptions {
  readonly name: string;
  readonly description: string;
  /** Minutes. */
  readonly timeLimit: number;
  readonly paused?: true;
  readonly run?: true;
  readonly json?: true;
}

/** `chartlift source create`: the steps of the wizard in one go. */
export async function sourceCreate(
  options: SourceCreateOptions,
  { terminal, exitWith }: CommandContext,
): Promise<void> {
  const named = readTrigger(options, machineZone());
  const account = await readServiceAccount(options, terminal.env);
  const api = await connectService(terminal);
  const trigger = await resolveTrigger(api, named);
  const started = await api.createValidation('amplitude', { ...account });
  const validation = await watchValidation(api, started, (check) =>
    terminal.err(apiCheckText(check, terminal.stderr)),
  );
  const streams = chooseStreams(validation, {
    only: options.stream ?? null,
    skipFailed: options.skipFailed ?? false,
  });
  await showTrigger(api, trigger, { validation_id: validation.id }, terminal);
  const { id } = await api.createSource({
    validation_id: validation.id,
    name: options.name,
    description: options.description,
    ...placeOf(options),
    streams: streams.map((stream) => ({ stream })),
    trigger,
    time_limit_minutes: options.timeLimit,
    paused: options.paused ?? false,
  });
  if (!options.json) terminal.out(createdText(await api.getSource(id)));
  if (options.run) {
    const run = await followRun(api, (await api.startRun(id)).id, terminal);
    if (!options.json) terminal.out(`\n${runSummary(run, terminal)}`);
    exitWith(runExitCode(run));
  }
  if (options.json) terminal.out(jsonDocument(await api.getSource(id)));
}

/** The place of tables as the API takes it. */
export function placeOf({ layer, folder, prefix }: PlaceOptions) {
  return { layer, folder: folder ?? null, prefix };
}

/** What the trigger means, before anything is saved. */
export async function showTrigger(
  api: ServiceApi,
  trigger: Trigger,
  about: { readonly validation_id?: string; readonly source_id?: string },
  terminal: Terminal,
): Promise<void> {
  const preview = await api.previewTrigger(trigger, about);
  terminal.err(triggerText(preview, terminal));
}

function triggerText(preview: ApiTriggerPreview, terminal: Terminal): string {
  const next = preview.next_runs.map(timeText).join(', ');
  const warnings = preview.warnings.map(
    ({ message }) => `${tone(terminal.stderr, 'warn', 'warning')} ${printable(message)}\n`,
  );
  const text = printable(preview.description);
  return `${next === '' ? text : `${text}: ${next}`}\n${warnings.join('')}`;
}

function createdText(source: ApiSourceDetail): string {
  const streams = source.streams
    .filter(({ selected }) => selected)
    .map(({ name, layer, table }) => `  ${name} → ${layer}.${table}\n`);
  return `created ${printable(source.name)} (${source.id})\n${streams.join('')}`;
}
