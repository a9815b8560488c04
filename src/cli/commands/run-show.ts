import type { CommandContext } from '../command-context.ts';
import { jsonDocument } from '../output/json-document.ts';
import { printable } from '../output/printable.ts';
import { runSummary } from '../output/run-summary.ts';
import { timeText } from '../output/source-text.ts';
import type { ApiRunDetail } from '../service/api-types.ts';
import { connectService } from '../service/service-api.ts';

/** `chartlift run show`: a run with what came of each stream. */
export async function runShow(
  id: string,
  { json }: { readonly json?: true },
  { terminal }: CommandContext,
): Promise<void> {
  const api = await connectService(terminal);
  const run = await api.getRun(id);
  if (json) {
    terminal.out(jsonDocument(run));
    return;
  }
  const { name } = await api.getSource(run.source_id);
  terminal.out(`${heading(run, name)}\n${runSummary(run, terminal)}`);
}

function heading(run: ApiRunDetail, source: string): string {
  const facts: readonly (readonly [string, string])[] = [
    ['run', run.id],
    ['source', source],
    ['cause', `${run.cause}, by ${run.started_by.name}`],
    ['retry of', run.retry_of ?? ''],
    ['queued', timeText(run.queued_at)],
    ['started', timeText(run.started_at)],
    ['ended', timeText(run.ended_at)],
    ['attempt', run.attempt > 1 ? String(run.attempt) : ''],
  ];
  return facts
    .filter(([, text]) => text !== '')
    .map(([name, text]) => `${name.padEnd(8)}  ${printable(text)}\n`)
    .join('');
}
