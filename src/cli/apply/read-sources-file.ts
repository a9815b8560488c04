import {
  type Document,
  isMap,
  isNode,
  isPair,
  isScalar,
  LineCounter,
  parseDocument,
  visit,
} from 'yaml';
import { ChartliftError, type FieldIssue } from '../../errors.ts';
import { formatPath } from '../service/problem-error.ts';
import { type DesiredSource, desiredSource, SECRET_FIELDS } from './desired-source.ts';
import { expand, isReference, missingOf } from './references.ts';
import { type FileSource, type SourcesFile, sourcesFileSchema } from './sources-file.ts';

/** Fields whose values are numbers; everywhere else what looks like one is a text, such as a chart id. */
const NUMBERS: ReadonlySet<unknown> = new Set(['version', 'time_limit_minutes', 'minute']);

/** Problems that one message names. */
const SHOWN_PROBLEMS = 20;

/**
 * Reads a file of sources (YAML 1.2, so JSON as well).
 *
 * @param name as people know the file
 * @throws ChartliftError `config_invalid`, which names the line of each problem
 */
export function parseSourcesFile(text: string, name: string): SourcesFile {
  return read(text, name).file;
}

/** What a file of sources wants of a service. */
export interface DesiredState {
  readonly sources: readonly DesiredSource[];
  /** What a person should know about the file. */
  readonly warnings: readonly string[];
}

/**
 * Reads what a file of sources wants, with every default and every variable that is no secret filled in.
 *
 * @throws ChartliftError `config_invalid`
 */
export function readDesiredState(
  text: string,
  name: string,
  env: Readonly<Record<string, string | undefined>>,
): DesiredState {
  const { file, problem } = read(text, name);
  const missing = missingOf(file.sources.flatMap(settingTexts), env);
  if (missing.length > 0) throw missingVariables(missing);
  const problems: string[] = [];
  const sources: DesiredSource[] = [];
  file.sources.forEach((source, at) => {
    const wanted = desiredSource(withVariables(source, env));
    if ('desired' in wanted) sources.push(wanted.desired);
    else problems.push(...wanted.issues.map((issue) => problem(under(at, issue))));
    if (file.sources.findIndex((other) => other.name === source.name) < at) {
      problems.push(problem({ path: ['sources', at, 'name'], message: 'stands there twice' }));
    }
  });
  if (problems.length > 0) throw invalid(name, problems);
  return { sources, warnings: file.sources.flatMap(plainSecrets) };
}

/** The error for variables that the environment does not have. */
export function missingVariables(names: readonly string[]): ChartliftError {
  return new ChartliftError(
    'config_invalid',
    `The environment has no ${names.join(', ')}.`,
    'Set these variables, which the file refers to, and run again; nothing was changed.',
  );
}

function read(text: string, name: string) {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, merge: true });
  const [error] = document.errors;
  if (error !== undefined) {
    // The parser's own message quotes the line, which may hold a key.
    const { line, col } = lines.linePos(error.pos[0]);
    const what = error.code.toLowerCase().replaceAll('_', ' ');
    throw invalid(name, [`${name}:${line}:${col}: is no YAML (${what})`]);
  }
  keepTexts(document);
  const problem = ({ path, message }: FieldIssue) =>
    `${name}:${lineOf(document, lines, path)}: ${formatPath(path)} ${message}`;
  const parsed = sourcesFileSchema.safeParse(toPlain(document, name));
  if (parsed.success) return { file: parsed.data, problem };
  const issues = parsed.error.issues.map(({ path, message }) => ({
    path: path.map((part) => (typeof part === 'number' ? part : String(part))),
    message,
  }));
  throw invalid(name, issues.map(problem));
}

/** `123456` and `12e34567` are chart ids, not numbers, and come as they were written. */
function keepTexts(document: Document): void {
  visit(document, {
    Scalar(key, node, path) {
      if (key === 'key' || typeof node.value !== 'number' || node.source === undefined) return;
      const field = path.findLast((part) => isPair(part));
      const name = isPair(field) && isScalar(field.key) ? field.key.value : undefined;
      if (!NUMBERS.has(name)) node.value = node.source;
    },
  });
}

function toPlain(document: Document, name: string): unknown {
  try {
    return document.toJS();
  } catch {
    // An alias without an anchor, or far too many of them.
    throw invalid(name, [`${name}: has an alias that leads nowhere`]);
  }
}

/** The line where a path stands, or as much of it as there is. */
function lineOf(
  document: Document,
  lines: LineCounter,
  path: readonly (string | number)[],
): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const above = document.getIn(path.slice(0, length - 1), true);
    const last = path[length - 1];
    const pair = isMap(above)
      ? above.items.find(({ key }) => isScalar(key) && key.value === last)
      : undefined;
    const node = pair?.key ?? document.getIn(path.slice(0, length), true);
    const start = isNode(node) ? node.range?.[0] : undefined;
    if (start !== undefined) return lines.linePos(start).line;
  }
  return 1;
}

function invalid(name: string, problems: readonly string[]): ChartliftError {
  const more = problems.length - SHOWN_PROBLEMS;
  const shown = problems.slice(0, SHOWN_PROBLEMS).join('\n');
  return new ChartliftError(
    'config_invalid',
    more > 0 ? `${shown}\nand ${more} more` : shown,
    `Correct ${name} and run again; nothing was changed. chartlift export shows the form.`,
  );
}

function under(at: number, { path, message }: FieldIssue): FieldIssue {
  return { path: ['sources', at, ...path], message };
}

function isSecret(name: string): boolean {
  return SECRET_FIELDS.some((field) => field === name);
}

function settingTexts({ config }: FileSource): string[] {
  return Object.entries(config).flatMap(([name, value]) => (isSecret(name) ? [] : value));
}

function withVariables(
  source: FileSource,
  env: Readonly<Record<string, string | undefined>>,
): FileSource {
  const config = Object.entries(source.config).map(([name, value]) => {
    if (isSecret(name)) return [name, value];
    return [
      name,
      typeof value === 'string' ? expand(value, env) : value.map((one) => expand(one, env)),
    ];
  });
  return { ...source, config: Object.fromEntries(config) };
}

function plainSecrets({ name, config }: FileSource): string[] {
  return SECRET_FIELDS.filter((field) => {
    const value = config[field];
    return typeof value === 'string' && value.trim() !== '' && !isReference(value.trim());
  }).map(
    (field) =>
      `${name}: ${field} stands in the file as it is. Write \${NAME} instead, and set NAME in the environment.`,
  );
}
