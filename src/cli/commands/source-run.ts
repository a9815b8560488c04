import type { CommandContext } from '../command-context.ts';
import { jsonDocument } from '../output/json-document.ts';
import { runSummary } from '../output/run-summary.ts';
import type { ApiRun } from '../service/api-types.ts';
import { sourceId } from '../service/find-source.ts';
import { followRun } from '../service/follow-run.ts';
import { runExitCode } from '../service/run-progress.ts';
import { connectService, type ServiceApi } from '../service/service-api.ts';

export interface SourceRunOptions {
  readonly follow?: true;
  readonly json?: true;
}

/** `chartlift source run`: a run of all that is selected. */
export async function sourceRun(
  name: string,
  options: SourceRunOptions,
  context: CommandContext,
): Promise<void> {
  const api = await connectService(context.terminal);
  const run = await api.startRun(await sourceId(api, name));
  await tellOfRun(api, run, options, context);
}

/** Shows a run that was started just now: to its end with `follow`, else that it was. */
export async function tellOfRun(
  api: ServiceApi,
  run: ApiRun,
  { follow, json }: SourceRunOptions,
  { terminal, exitWith }: CommandContext,
): Promise<void> {
  if (follow) {
    const ended = await followRun(api, run.id, terminal);
    terminal.out(json ? jsonDocument(ended) : runSummary(ended, terminal));
    exitWith(runExitCode(ended));
  } else if (json) {
    terminal.out(jsonDocument(run));
  } else {
    terminal.out(`started ${run.id}\n`);
    terminal.err(`chartlift run logs --follow ${run.id} watches it.\n`);
  }
}
