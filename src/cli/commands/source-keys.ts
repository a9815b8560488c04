import { readKeys } from '../account.ts';
import type { AccountOptions } from '../account-options.ts';
import type { CommandContext } from '../command-context.ts';
import { jsonDocument } from '../output/json-document.ts';
import { printable } from '../output/printable.ts';
import { assertReady } from '../service/choose-streams.ts';
import { sourceId } from '../service/find-source.ts';
import { connectService } from '../service/service-api.ts';
import { apiCheckText, watchValidation } from '../service/watch-validation.ts';

export interface SourceKeysOptions extends Pick<AccountOptions, 'config' | 'region'> {
  readonly json?: true;
}

/** `chartlift source keys`: other keys, checked against every chart of the source first. */
export async function sourceKeys(
  name: string,
  options: SourceKeysOptions,
  { terminal }: CommandContext,
): Promise<void> {
  const keys = await readKeys(options, terminal.env);
  const api = await connectService(terminal);
  const id = await sourceId(api, name);
  const started = await api.createSourceValidation(id, keys);
  const validation = await watchValidation(api, started, (check) =>
    terminal.err(apiCheckText(check, terminal.stderr)),
  );
  assertReady(validation.checks);
  const source = await api.changeCredentials(id, validation.id);
  terminal.out(options.json ? jsonDocument(source) : `${printable(source.name)} has other keys\n`);
}
