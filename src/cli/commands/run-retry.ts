import type { CommandContext } from '../command-context.ts';
import { connectService } from '../service/service-api.ts';
import { type SourceRunOptions, tellOfRun } from './source-run.ts';

/** `chartlift run retry`: a new run of what failed in another. */
export async function runRetry(
  id: string,
  options: SourceRunOptions,
  context: CommandContext,
): Promise<void> {
  const api = await connectService(context.terminal);
  await tellOfRun(api, await api.retryRun(id), options, context);
}
