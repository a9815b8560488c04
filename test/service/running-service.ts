import { join } from 'node:path';
import { type RunningChartlift, startChartlift } from '../../src/context.ts';
import { createLogger } from '../../src/logger.ts';
import { type Simulator, startSimulator } from '../../src/simulator/simulator.ts';

/** The token of the environment, with which tests ask as an administrator. */
export const TOKEN = 'test-token-of-the-environment-0123456789';

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into answers of every form
  readonly body: any;
  readonly headers: Headers;
}

/** A whole chartlift with a simulated Amplitude, over real HTTP, in a folder of its own. */
export interface ServiceUnderTest {
  readonly running: RunningChartlift;
  readonly simulator: Simulator;
  readonly home: string;
  readonly url: string;
  /** Lines of the log, as they were written. */
  readonly log: readonly string[];
  /** One request to `/api/v1`, as an administrator unless `headers` say otherwise. */
  api(
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer>;
  stop(): Promise<void>;
}

export interface ServiceTestOptions {
  readonly home: string;
  readonly simulator?: Simulator;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts one. Its home is `home`/data, so that it can be stopped and started again. */
export async function startForTest(options: ServiceTestOptions): Promise<ServiceUnderTest> {
  const simulator = options.simulator ?? (await startSimulator({}));
  const log: string[] = [];
  const home = join(options.home, 'data');
  const running = await startChartlift({
    env: {
      CHARTLIFT_API_TOKEN: TOKEN,
      CHARTLIFT_AMPLITUDE_BASE_URL: simulator.url,
      ...options.env,
    },
    home,
    port: 0,
    logger: createLogger({ level: 'debug', destination: { write: (line) => void log.push(line) } }),
  });
  return {
    running,
    simulator,
    home,
    url: running.url,
    log,
    async api(method, path, body, headers = { Authorization: `Bearer ${TOKEN}` }) {
      const response = await fetch(`${running.url}/api/v1${path}`, {
        method,
        headers: {
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      const isJson = /json/.test(response.headers.get('content-type') ?? '');
      return {
        status: response.status,
        headers: response.headers,
        body: isJson ? JSON.parse(text) : text,
      };
    },
    async stop() {
      await running.stop(2_000);
      if (options.simulator === undefined) await simulator.close();
    },
  };
}

/** The account of the simulated Amplitude. */
export function accountOf(simulator: Simulator, chartIds: readonly string[] | string) {
  const [project] = simulator.projects;
  return {
    api_key: project?.apiKey ?? '',
    secret_key: project?.secretKey ?? '',
    chart_ids: chartIds,
  };
}

/** Validates an account and makes a source of all that can be read. Returns the source. */
export async function createSource(
  { api, simulator }: ServiceUnderTest,
  chartIds: readonly string[],
  fields: Readonly<Record<string, unknown>> = {},
) {
  const started = await api('POST', '/validations', {
    connector: 'amplitude',
    config: accountOf(simulator, chartIds),
  });
  const validation = await endOfValidation(api, started.body.id);
  const good = validation.checks.filter(
    (check: { ok: boolean; stream: string | null }) => check.ok && check.stream !== null,
  );
  const streams = [...good.map((check: { stream: string }) => check.stream), 'charts_metadata'];
  const answer = await api('POST', '/sources', {
    validation_id: validation.id,
    name: `Source ${started.body.id}`,
    streams: streams.map((stream) => ({ stream })),
    ...fields,
  });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return answer.body;
}

/** The validation once it has ended. */
export async function endOfValidation(api: ServiceUnderTest['api'], id: string) {
  // The stream of events ends with the validation.
  await api('GET', `/validations/${id}/events`);
  return (await api('GET', `/validations/${id}`)).body;
}

/** Starts a run and waits for its end. */
export async function runToEnd({ api }: ServiceUnderTest, sourceId: string) {
  const { body, status } = await api('POST', `/sources/${sourceId}/runs`);
  if (status !== 202) throw new Error(JSON.stringify(body));
  await api('GET', `/runs/${body.id}/events`);
  return (await api('GET', `/runs/${body.id}`)).body;
}
