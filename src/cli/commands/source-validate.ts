import { ChartliftError } from '../../errors.ts';
import { readServiceAccount } from '../account.ts';
import type { AccountOptions } from '../account-options.ts';
import type { CommandContext } from '../command-context.ts';
import { jsonDocument } from '../output/json-document.ts';
import type { ApiValidation } from '../service/api-types.ts';
import { sourceId } from '../service/find-source.ts';
import { storedError } from '../service/problem-error.ts';
import { connectService, type ServiceApi } from '../service/service-api.ts';
import { apiCheckText, watchValidation } from '../service/watch-validation.ts';
import type { Terminal } from '../terminal.ts';

export interface SourceValidateOptions extends AccountOptions {
  readonly json?: true;
}

/** `chartlift source validate`: what `check` does, done by the service, for new or stored settings. */
export async function sourceValidate(
  name: string | undefined,
  options: SourceValidateOptions,
  { terminal, exitWith }: CommandContext,
): Promise<void> {
  const { json, ...account } = options;
  const api = await connectService(terminal);
  const started = await start(api, name, account, terminal);
  const validation = await watchValidation(api, started, (check) => {
    if (!json) terminal.out(apiCheckText(check, terminal.stdout));
  });
  if (json) terminal.out(jsonDocument(validation));
  const codes = validation.checks.map(({ error }) => (error ? storedError(error).exitCode : 0));
  exitWith(codes.find((code) => code > 1) ?? Math.max(0, ...codes));
}

async function start(
  api: ServiceApi,
  name: string | undefined,
  account: AccountOptions,
  terminal: Terminal,
): Promise<ApiValidation> {
  if (name === undefined) {
    return api.createValidation('amplitude', {
      ...(await readServiceAccount(account, terminal.env)),
    });
  }
  if (Object.keys(account).length > 0) {
    throw new ChartliftError(
      'usage',
      'A source that is named is checked as it is stored.',
      'Leave out the options for charts and keys, or the source.',
    );
  }
  return api.createSourceValidation(await sourceId(api, name), {});
}
