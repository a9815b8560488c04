import { readFile } from 'node:fs/promises';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { ChartliftError } from '../errors.ts';
import { resolveBaseUrl } from '../source/amplitude/hosts.ts';
import { type AmplitudeConfig, amplitudeSpec } from '../source/amplitude/spec.ts';
import type { AccountOptions } from './account-options.ts';

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

/**
 * Puts options, configuration file and environment together: what is nearer to the command wins.
 *
 * @throws ChartliftError `credentials_missing`, `chart_link_invalid`, `config_invalid`.
 */
export async function readAccount(
  options: AccountOptions,
  env: NodeJS.ProcessEnv,
): Promise<Account> {
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
  const config = parseConfig({
    api_key: apiKey,
    secret_key: secretKey,
    region: options.region ?? file.region,
    chart_ids: await namedCharts(options, file.chart_ids),
  });
  return { config, baseUrl: resolveBaseUrl(config.region, options.baseUrl ?? file.base_url) };
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
  const aboutCharts = parsed.error.issues.every((issue) => issue.path[0] === 'chart_ids');
  throw new ChartliftError(
    aboutCharts ? 'chart_link_invalid' : 'config_invalid',
    parsed.error.issues.map(sentence).join('\n'),
    aboutCharts
      ? 'Leave these out or correct them, and run again; nothing was requested.'
      : 'Correct this and run again; nothing was requested.',
  );
}

function sentence(issue: { readonly path: readonly PropertyKey[]; readonly message: string }) {
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

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new ChartliftError(
      'usage',
      `The file ${path} cannot be read.`,
      'Check the path and its permissions.',
      { cause },
    );
  }
}
