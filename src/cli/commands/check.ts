import { connectAmplitude } from '../../context.ts';
import type { CheckResult } from '../../stream/connector.ts';
import { readAccount } from '../account.ts';
import type { AccountOptions } from '../account-options.ts';
import { checkContext } from '../check-context.ts';
import type { CommandContext } from '../command-context.ts';
import { checkText } from '../output/check-text.ts';
import { errorDocument } from '../output/error-document.ts';
import type { Terminal } from '../terminal.ts';

/** `chartlift check`: the credentials and each chart, each as soon as it is known. */
export async function check(
  options: AccountOptions & { readonly json?: true },
  { terminal, exitWith }: CommandContext,
): Promise<void> {
  const { config, baseUrl } = await readAccount(options, terminal.env);
  const results: CheckResult[] = [];
  const context = checkContext(terminal);
  for await (const result of connectAmplitude(baseUrl).check(config, context)) {
    results.push(result);
    if (!options.json) terminal.out(describe(result, terminal));
  }
  if (options.json) terminal.out(`${JSON.stringify(results.map(document), null, 2)}\n`);
  const codes = results.map((result) => (result.ok ? 0 : result.error.exitCode));
  exitWith(codes.find((code) => code > 1) ?? Math.max(0, ...codes));
}

function describe(result: CheckResult, terminal: Terminal): string {
  const error = result.ok ? null : errorDocument(result.error);
  const summary = result.ok ? result.summary : null;
  const { stream, warnings } = result;
  return checkText({ stream, warnings, error, summary }, terminal.stdout);
}

function document(result: CheckResult): Record<string, unknown> {
  const { stream, warnings } = result;
  if (result.ok) return { stream, ok: true, warnings, summary: result.summary, error: null };
  return { stream, ok: false, warnings, summary: null, error: errorDocument(result.error) };
}
