import { text as readAll } from 'node:stream/consumers';
import { ChartliftError } from '../../errors.ts';
import { carryOut, type StepOutcome } from '../apply/carry-out.ts';
import { changesAnything, planApply } from '../apply/plan.ts';
import type { Step } from '../apply/plan-step.ts';
import { planDocument, planText } from '../apply/plan-text.ts';
import { readCurrentSources } from '../apply/read-current.ts';
import { missingVariables, readDesiredState } from '../apply/read-sources-file.ts';
import { missingOf } from '../apply/references.ts';
import type { CommandContext } from '../command-context.ts';
import { confirm } from '../confirm.ts';
import { errorDocument } from '../output/error-document.ts';
import { jsonDocument } from '../output/json-document.ts';
import { printable } from '../output/printable.ts';
import { readText } from '../read-text.ts';
import { connectService } from '../service/service-api.ts';
import { apiCheckText } from '../service/watch-validation.ts';
import { type Terminal, tone } from '../terminal.ts';

export interface ApplyOptions {
  readonly dryRun?: true;
  readonly plan?: true;
  readonly yes?: true;
  readonly prune?: true;
  readonly credentials?: true;
  readonly json?: true;
}

/** `chartlift apply`: shows what differs from the file, and changes it once that is agreed to. */
export async function apply(
  file: string,
  options: ApplyOptions,
  { terminal, exitWith }: CommandContext,
): Promise<void> {
  const { json } = options;
  const text = file === '-' ? await readAll(process.stdin) : await readText(file);
  const name = file === '-' ? 'standard input' : file;
  const { sources, warnings } = readDesiredState(text, name, terminal.env);
  for (const warning of warnings) {
    terminal.err(`${tone(terminal.stderr, 'warn', 'warning')} ${printable(warning)}\n`);
  }
  const api = await connectService(terminal);
  const current = await readCurrentSources(
    api,
    sources.map((source) => source.name),
  );
  const steps = planApply(sources, current, {
    prune: options.prune ?? false,
    credentials: options.credentials ?? false,
  });
  if (!json) terminal.out(planText(steps, terminal));
  const missing = missingOf(steps.flatMap(neededSecrets), terminal.env);
  if (missing.length > 0) throw missingVariables(missing);
  const isDry = options.dryRun ?? options.plan ?? false;
  if (isDry || !changesAnything(steps)) {
    if (json)
      terminal.out(jsonDocument({ plan: planDocument(steps), applied: false, results: [] }));
    return;
  }
  if (!options.yes) await agree(terminal);
  const ids = new Map(current.map(({ name: source, id }) => [source, id]));
  const onCheck = (source: string, check: Parameters<typeof apiCheckText>[0]) =>
    terminal.err(`${printable(source)} ${apiCheckText(check, terminal.stderr)}`);
  const outcomes: StepOutcome[] = [];
  for await (const outcome of carryOut(steps, { api, env: terminal.env, ids, onCheck })) {
    outcomes.push(outcome);
    if (!json) terminal.out(outcomeText(outcome, terminal));
  }
  if (json) {
    const results = outcomes.map(outcomeDocument);
    terminal.out(jsonDocument({ plan: planDocument(steps), applied: true, results }));
  }
  const codes = outcomes.map(({ error }) => error?.exitCode ?? 0);
  exitWith(codes.find((code) => code !== 0) ?? 0);
}

/** @throws ChartliftError `usage` where nobody can be asked, or somebody said no */
async function agree(terminal: Terminal): Promise<void> {
  const answer = await confirm('Carry this out?', terminal);
  if (answer === 'yes') return;
  throw new ChartliftError(
    'usage',
    'Nothing was changed.',
    answer === 'no'
      ? 'Change the file, and apply it again.'
      : 'Run it again with --yes to carry the plan out.',
  );
}

/** The texts of secrets that a step sends. */
function neededSecrets(step: Step): readonly string[] {
  const sends = step.action === 'create' || (step.action === 'update' && step.credentials);
  return sends ? Object.values(step.source.secrets) : [];
}

const DONE = {
  create: 'created',
  update: 'updated',
  delete: 'deleted',
  unchanged: 'unchanged',
  left: 'left',
} as const satisfies Record<Step['action'], string>;

function outcomeText({ action, name, error }: StepOutcome, terminal: Terminal): string {
  const { stdout } = terminal;
  if (error === null) return `${tone(stdout, 'good', '✓')} ${DONE[action]} ${printable(name)}\n`;
  const lines = error.message.split('\n').map((line) => `  ${printable(line)}\n`);
  const failed = `${tone(stdout, 'bad', '✗')} not ${DONE[action]}: ${printable(name)}\n`;
  return `${failed}${lines.join('')}  ${printable(error.hint)}\n`;
}

function outcomeDocument({ action, name, error }: StepOutcome): Record<string, unknown> {
  return { action, source: name, ok: error === null, error: error && errorDocument(error) };
}
