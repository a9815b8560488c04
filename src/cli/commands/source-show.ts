import { systemClock } from '../../clock.ts';
import type { CommandContext } from '../command-context.ts';
import { jsonDocument } from '../output/json-document.ts';
import { sourceText } from '../output/source-text.ts';
import { findSource } from '../service/find-source.ts';
import { connectService } from '../service/service-api.ts';

/** `chartlift source show`: one source with its streams. */
export async function sourceShow(
  name: string,
  { json }: { readonly json?: true },
  { terminal }: CommandContext,
): Promise<void> {
  const source = await findSource(await connectService(terminal), name);
  terminal.out(json ? jsonDocument(source) : sourceText(source, terminal, systemClock.now()));
}
