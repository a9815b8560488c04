import { systemClock } from '../../clock.ts';
import type { CommandContext } from '../command-context.ts';
import { jsonDocument } from '../output/json-document.ts';
import { sourceTable } from '../output/source-text.ts';
import { connectService } from '../service/service-api.ts';

export interface SourceListOptions {
  readonly text?: string;
  readonly status?: string;
  readonly paused?: true;
  readonly json?: true;
}

/** `chartlift source list`: all sources, by name. */
export async function sourceList(
  { text, status, paused, json }: SourceListOptions,
  { terminal }: CommandContext,
): Promise<void> {
  const api = await connectService(terminal);
  const sources = await api.listSources({ text, status, paused });
  if (json) {
    terminal.out(jsonDocument(sources));
  } else if (sources.length === 0) {
    const none = text ?? status ?? paused;
    terminal.out(
      none === undefined
        ? 'There is no source yet; chartlift source create makes one.\n'
        : 'No source is like that.\n',
    );
  } else {
    terminal.out(sourceTable(sources, systemClock.now()));
  }
}
