import { ChartliftError } from '../../errors.ts';
import type { CommandContext } from '../command-context.ts';
import { jsonDocument } from '../output/json-document.ts';
import { printable } from '../output/printable.ts';
import type { SourceChanges } from '../service/api-types.ts';
import { findSource, resolveTrigger } from '../service/find-source.ts';
import { machineZone, readTrigger } from '../service/read-trigger.ts';
import { connectService } from '../service/service-api.ts';
import type { TriggerOptions } from '../trigger-options.ts';
import { showTrigger } from './source-create.ts';

export interface SourceUpdateOptions extends TriggerOptions {
  readonly name?: string;
  readonly description?: string;
  readonly manual?: true;
  /** Minutes. */
  readonly timeLimit?: number;
  readonly json?: true;
}

/** `chartlift source update`: another name, description, trigger or time limit. */
export async function sourceUpdate(
  name: string,
  options: SourceUpdateOptions,
  { terminal }: CommandContext,
): Promise<void> {
  const named = readTrigger(options, machineZone());
  if (options.manual && named.type !== 'manual') {
    throw new ChartliftError(
      'usage',
      '--manual and a time cannot go together.',
      'A source has one trigger; leave one of them out.',
    );
  }
  const api = await connectService(terminal);
  const source = await findSource(api, name);
  const changes: SourceChanges = {};
  if (options.name !== undefined) changes.name = options.name;
  if (options.description !== undefined) changes.description = options.description;
  if (options.timeLimit !== undefined) changes.time_limit_minutes = options.timeLimit;
  if (options.manual || named.type !== 'manual') {
    const trigger = await resolveTrigger(api, named);
    await showTrigger(api, trigger, { source_id: source.id }, terminal);
    changes.trigger = trigger;
  }
  if (Object.keys(changes).length === 0) {
    throw new ChartliftError(
      'usage',
      'Nothing is named that is to change.',
      'chartlift source update --help shows what can be changed.',
    );
  }
  const changed = await api.updateSource(source.id, changes, source.revision);
  terminal.out(options.json ? jsonDocument(changed) : `updated ${printable(changed.name)}\n`);
}
