import { connectAmplitude } from '../../context.ts';
import type { ChartliftError } from '../../errors.ts';
import type { CheckResult, StreamSummary, Warning } from '../../stream/connector.ts';
import { readAccount } from '../account.ts';
import type { AccountOptions } from '../account-options.ts';
import { checkContext } from '../check-context.ts';
import type { CommandContext } from '../command-context.ts';
import { errorDocument } from '../output/error-document.ts';
import { printable } from '../output/printable.ts';
import { count } from '../output/quantities.ts';
import { textTable } from '../output/text-table.ts';
import { type Terminal, tone } from '../terminal.ts';

const COLUMNS = ['chart_id', 'dimension_name', 'dimension_value', 'segment', 'value'] as const;

/** `chartlift preview`: what a sync would write of each chart, in short. */
export async function preview(
  options: AccountOptions & { readonly json?: true },
  { terminal, exitWith }: CommandContext,
): Promise<void> {
  const { config, baseUrl } = await readAccount(options, terminal.env);
  const documents: Record<string, unknown>[] = [];
  let worst = 0;
  const context = checkContext(terminal);
  for await (const result of connectAmplitude(baseUrl).check(config, context)) {
    if (!result.ok) {
      worst = Math.max(worst, result.error.exitCode);
      const name = result.stream ?? 'credentials';
      documents.push({ stream: name, error: errorDocument(result.error) });
      if (!options.json) terminal.out(failure(name, result.error, terminal));
    } else if (result.stream !== null && result.summary !== null) {
      documents.push(document(result.stream, result.summary, result.warnings));
      if (!options.json) terminal.out(`${describe(result, result.summary, terminal)}\n`);
    }
  }
  if (options.json) terminal.out(`${JSON.stringify(documents, null, 2)}\n`);
  exitWith(worst);
}

function describe(result: CheckResult, summary: StreamSummary, terminal: Terminal): string {
  const heading = tone(terminal.stdout, 'strong', result.stream ?? '');
  const facts = Object.entries({ ...summary.metadata, description: summary.description })
    .filter(([name, text]) => name !== 'chart_id' && text !== null)
    .map(([name, text]) => [`  ${name}`, text ?? '']);
  const metadata = facts.map(([name = '', text = '']) => `${name.padEnd(14)}${printable(text)}\n`);
  const rows = summary.firstRows.map((row) => row.map((cell) => String(cell ?? 'null')));
  const table = textTable(
    COLUMNS.map((name) => ({ header: name, align: name === 'value' ? 'right' : 'left' })),
    rows,
  );
  const more = summary.records - rows.length;
  const rest = more > 0 ? `… and ${count(more)} more\n` : '';
  const warnings = result.warnings.map(
    ({ message }) => `${tone(terminal.stdout, 'warn', 'warning')} ${printable(message)}\n`,
  );
  return `${heading}\n${metadata.join('')}${table}${rest}${warnings.join('')}`;
}

function failure(name: string, error: ChartliftError, terminal: Terminal): string {
  const label = tone(terminal.stdout, 'bad', name);
  return `${label}: ${printable(error.message)}\n  ${printable(error.hint)}\n\n`;
}

function document(
  stream: string,
  summary: StreamSummary,
  warnings: readonly Warning[],
): Record<string, unknown> {
  const firstRows = summary.firstRows.map((row) =>
    Object.fromEntries(COLUMNS.map((name, at) => [name, row[at] ?? null])),
  );
  const { metadata, description, records } = summary;
  return { stream, metadata, description, records, first_rows: firstRows, warnings, error: null };
}
