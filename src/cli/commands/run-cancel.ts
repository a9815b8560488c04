import type { CommandContext } from '../command-context.ts';
import { jsonDocument } from '../output/json-document.ts';
import { connectService } from '../service/service-api.ts';

/** `chartlift run cancel`: asks a run to stop, which it does within two seconds. */
export async function runCancel(
  id: string,
  { json }: { readonly json?: true },
  { terminal }: CommandContext,
): Promise<void> {
  const run = await (await connectService(terminal)).cancelRun(id);
  if (json) terminal.out(jsonDocument(run));
  else if (run.status === 'canceling') terminal.out(`canceling ${run.id}\n`);
  else terminal.out(`${run.id} is ${run.status}\n`);
}
