import type { CommandContext } from '../command-context.ts';
import { jsonDocument } from '../output/json-document.ts';
import { printable } from '../output/printable.ts';
import { timeText } from '../output/source-text.ts';
import { sourceId } from '../service/find-source.ts';
import { connectService } from '../service/service-api.ts';

/** `chartlift source pause` and `resume`. */
export async function sourcePause(
  name: string,
  paused: boolean,
  { json }: { readonly json?: true },
  { terminal }: CommandContext,
): Promise<void> {
  const api = await connectService(terminal);
  const source = await api.updateSource(await sourceId(api, name), { paused });
  if (json) {
    terminal.out(jsonDocument(source));
    return;
  }
  const next =
    source.next_run_at === null ? '' : `; the next run is at ${timeText(source.next_run_at)}`;
  terminal.out(`${paused ? 'paused' : 'resumed'} ${printable(source.name)}${next}\n`);
}
