import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { ChartliftError } from '../errors.ts';
import { resolveBaseUrl } from '../source/amplitude/hosts.ts';
import { type AmplitudeConfig, amplitudeSpec } from '../source/amplitude/spec.ts';
import type { AccountOptions } from './account-options.ts';
import { readText } from './read-text.ts';

/** A configuration that has passed the connector's spec, and where to send requests. */
export interface Account {
  readonly config: AmplitudeConfig;
  readonly baseUrl: string;
}

/** The members of a `--config` file: those of the connector's spec, all optional, and the base URL. */
const configFile = z.strictObject({
  api_key: z.string().optional(),
  secret_key: z.string().optional(),
  region: z.string().optional(),
  chart_ids: z.union([z.string(), z.array(z.string())]).optional(),
  base_url: z.string().optional(),
});

const WHERE_KEYS_COME_FROM =
  'Set AMPLITUDE_API_KEY and AMPLITUDE_SECRET_KEY in the environment, or write api_key and secret_key into a --config file. ' +
  'In Amplitude the keys are under Settings > Organization settings > API Keys and Settings > Projects > your project > General.';

/** The configuration of an account as it is sent to a service: what has passed the spec, keys included. */
export interface ServiceAccount {
  readonly api_key: string;
  readonly secret_key: string;
  readonly region: string;
  readonly chart_ids: readonly string[];
}

/**
 * Puts options, configuration file and environment together: what is nearer to the command wins.
 *
 * @throws ChartliftError `credentials_missing`, `chart_link_invalid`, `config_invalid`.
 */
export async function readAccount(
  options: AccountOptions,
  env: NodeJS.ProcessEnv,
): Promise<Account> {
  const { baseUrl, ...input } = await gather(options, env);
  const config = parseConfig(input);
  return { config, baseUrl: resolveBaseUrl(config.region, baseUrl) };
}

/**
 * The same for a command that has a service do the work.
 *
 * @throws ChartliftError as {@link readAccount}; `usage` where a base URL is given, which only the
 *   operator of the service sets
 */
export async function readServiceAccount(
  options: AccountOptions,
  env: NodeJS.ProcessEnv,
): Promise<ServiceAccount> {
  const { baseUrl, ...input } = await gather(options, env);
  if (baseUrl !== undefined) {
    throw new ChartliftError(
      'usage',
      'A source has no base URL of its own.',
      'Take base_url out of the file. Who runs the service can set CHARTLIFT_AMPLITUDE_BASE_URL for all sources.',
    );
  }
  const { region, chart_ids } = parseConfig(input);
  return { api_key: input.api_key, secret_key: input.secret_key, region, chart_ids };
}

/**
 * The charts that `--chart` and `--charts-file` name, as ids.
 * @throws ChartliftError `usage`, `chart_link_invalid`
 */
export async function readCharts(options: AccountOptions): Promise<readonly string[]> {
  const parsed = amplitudeSpec.shape.chart_ids.safeParse([
    ...(await namedCharts(options, undefined)),
  ]);
  if (parsed.success) return parsed.data;
  throw wrongFields(parsed.error.issues.map(({ message }) => ({ path: ['chart_ids'], message })));
}

/**
 * The keys alone, and the region where one is given, for a source that has its charts already.
 * @throws ChartliftError `credentials_missing`, `config_invalid`
 */
export async function readKeys(
  options: Pick<AccountOptions, 'config' | 'region'>,
  env: NodeJS.ProcessEnv,
): Promise<Readonly<Record<string, string>>> {
  const { api_key, secret_key, region } = await gatherKeys(options, env);
  return { api_key, secret_key, ...(region === undefined ? {} : { region }) };
}

async function gather(options: AccountOptions, env: NodeJS.ProcessEnv) {
  const { file, ...keys } = await gatherKeys(options, env);
  return {
    ...keys,
    chart_ids: await namedCharts(options, file.chart_ids),
    baseUrl: options.baseUrl ?? file.base_url,
  };
}

async function gatherKeys(
  options: Pick<AccountOptions, 'config' | 'region'>,
  env: NodeJS.ProcessEnv,
) {
  const file = options.config === undefined ? {} : await readConfigFile(options.config);
  const apiKey = file.api_key ?? env['AMPLITUDE_API_KEY'];
  const secretKey = file.secret_key ?? env['AMPLITUDE_SECRET_KEY'];
  if (!apiKey || !secretKey) {
    const missing = apiKey ? 'secret key' : secretKey ? 'API key' : 'API key and no secret key';
    throw new ChartliftError(
      'credentials_missing',
      `There is no Amplitude ${missing}.`,
      WHERE_KEYS_COME_FROM,
    );
  }
  const region = options.region ?? file.region;
  return { api_key: apiKey, secret_key: secretKey, region, file };
}

async function namedCharts(
  options: AccountOptions,
  configured: string | readonly string[] | undefined,
): Promise<readonly string[]> {
  const listed =
    options.chartsFile === undefined ? [] : withoutComments(await readText(options.chartsFile));
  const named = [...(options.chart ?? []), ...listed];
  const charts = named.length > 0 ? named : [configured ?? []].flat();
  if (charts.length > 0) return charts;
  throw new ChartliftError(
    'usage',
    'No chart is named.',
    'Name charts with --chart ID (or its address), --charts-file FILE, or chart_ids in the --config file.',
  );
}

function withoutComments(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.replace(/(^|\s)#.*$/, '').trim())
    .filter((line) => line !== '');
}

function parseConfig(input: z.input<typeof amplitudeSpec> | Record<string, unknown>) {
  const parsed = amplitudeSpec.safeParse(input);
  if (parsed.success) return parsed.data;
  throw wrongFields(parsed.error.issues);
}

type Issue = { readonly path: readonly PropertyKey[]; readonly message: string };

function wrongFields(issues: readonly Issue[]): ChartliftError {
  const aboutCharts = issues.every((issue) => issue.path[0] === 'chart_ids');
  return new ChartliftError(
    aboutCharts ? 'chart_link_invalid' : 'config_invalid',
    issues.map(sentence).join('\n'),
    aboutCharts
      ? 'Leave these out or correct them, and run again; nothing was requested.'
      : 'Correct this and run again; nothing was requested.',
  );
}

function sentence(issue: Issue): string {
  const [field] = issue.path;
  return field === undefined || field === 'chart_ids'
    ? issue.message
    : `${String(field)}: ${issue.message}`;
}

async function readConfigFile(path: string): Promise<z.output<typeof configFile>> {
  const text = await readText(path);
  let content: unknown;
  try {
    // Every JSON document is a YAML document (YAML 1.2 §1.3).
    content = parseYaml(text) ?? {};
  } catch {
    // The parser's own message quotes the line, which may hold a key.
    throw unreadable(path, 'is neither JSON nor YAML');
  }
  const parsed = configFile.safeParse(content);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw unreadable(path, `cannot be used (${issue === undefined ? '' : sentence(issue)})`);
}

function unreadable(path: string, what: string): ChartliftError {
  return new ChartliftError(
    'config_invalid',
    `The configuration file ${path} ${what}.`,
    'It may hold: api_key, secret_key, region (us or eu), chart_ids (a list), base_url.',
  );
}
