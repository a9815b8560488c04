import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { BUILT_MAIN } from '../../scripts/built-part.ts';
import { ensureBuilt } from '../../scripts/ensure-built.ts';

const TOKEN = 'bench-token-of-the-environment-0123456789';

/** What was answered to one request. */
export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** A `chartlift serve` in a process of its own. */
export interface ServiceProcess {
  readonly url: string;
  /** From the start of the process to its first answer, in ms. */
  readonly startMs: number;
  readonly headers: Readonly<Record<string, string>>;
  /** What it wrote to its log that is a warning or worse, as JSON lines. */
  readonly complaints: readonly string[];
  /** One request to `/api/v1` as an administrator; any status is an answer. */
  ask(method: string, path: string, body?: unknown): Promise<Answer>;
  /** The same, for JSON; throws for an answer of 400 or more. */
  api<Result>(method: string, path: string, body?: unknown): Promise<Result>;
  /** One of its metrics, as `/metrics` tells it. */
  metric(name: string): Promise<number>;
  /** Resident memory now, and the most that it ever was, in bytes. */
  memory(): Promise<{ readonly now: number; readonly peak: number }>;
  /** Processor time that it has used, in ms. */
  cpuMs(): Promise<number>;
  /** Ends it as an operator would; resolves to its exit code. */
  stop(): Promise<number | null>;
}

export interface ServiceProcessOptions {
  readonly home: string;
  readonly env?: Readonly<Record<string, string>>;
  /** For Node.js, such as `--cpu-prof`. */
  readonly execArgv?: readonly string[];
}

/** Starts the service; resolves when it has given its first answer. */
export async function startServiceProcess(options: ServiceProcessOptions): Promise<ServiceProcess> {
  const { home, env = {} } = options;
  ensureBuilt('cli');
  const extra = process.env['BENCH_NODE_OPTIONS']?.split(' ') ?? [];
  const started = performance.now();
  const child = spawn(
    process.execPath,
    [...extra, ...(options.execArgv ?? []), BUILT_MAIN, 'serve', '--port', '0', '--home', home],
    {
      env: {
        ...process.env,
        CHARTLIFT_API_TOKEN: TOKEN,
        CHARTLIFT_LOG_LEVEL: 'warn',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const complaints: string[] = [];
  createInterface(child.stderr).on('line', (line) => complaints.push(line));
  const url = await addressOf(child, complaints);
  await fetch(`${url}/healthz`);
  const startMs = performance.now() - started;
  const headers = { Authorization: `Bearer ${TOKEN}` };
  // A third of the work of fetch, which would count as the service's where many ask at once.
  const agent = new Agent({ keepAlive: true });
  const ask = async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const json = body === undefined ? undefined : JSON.stringify(body);
    const asked = request(`${url}/api/v1${path}`, {
      agent,
      method,
      headers: {
        ...headers,
        ...(json === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
    });
    asked.end(json);
    const [response] = await once(asked, 'response');
    return { status: response.statusCode, text: await text(response) };
  };
  return {
    url,
    startMs,
    headers,
    complaints,
    ask,
    async api(method, path, body) {
      const { status, text } = await ask(method, path, body);
      if (status >= 400) throw new Error(`${method} ${path}: ${status} ${text}`);
      return JSON.parse(text);
    },
    async metric(name) {
      const text = await (await fetch(`${url}/metrics`, { headers })).text();
      return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
    },
    memory: () => memoryOf(child.pid ?? 0),
    cpuMs: () => cpuOf(child.pid ?? 0),
    async stop() {
      if (child.exitCode !== null) return child.exitCode;
      const closed = once(child, 'close');
      child.kill('SIGTERM');
      await closed;
      agent.destroy();
      return child.exitCode;
    },
  };
}

/** Starts the service of a data folder for some work, and ends it after that. */
export async function withServiceProcess<Result>(
  home: string,
  work: (service: ServiceProcess) => Promise<Result>,
): Promise<Result> {
  const service = await startServiceProcess({ home });
  try {
    return await work(service);
  } finally {
    await service.stop();
  }
}

async function addressOf(child: ChildProcess, complaints: readonly string[]): Promise<string> {
  if (child.stdout === null) throw new Error('the service has no standard output');
  for await (const line of createInterface(child.stdout)) {
    const [, url] = /^address\s+(\S+)/.exec(line) ?? [];
    // The rest is nobody's to read, and must not fill the pipe.
    if (url !== undefined) {
      child.stdout.resume();
      return url;
    }
  }
  throw new Error(`the service did not start: ${complaints.join('\n')}`);
}

/** Only Linux tells these, in kB. */
async function memoryOf(pid: number): Promise<{ readonly now: number; readonly peak: number }> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const field = (name: string) => {
    const [, kilobytes] = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status) ?? [];
    return Number(kilobytes) * 1024;
  };
  return { now: field('VmRSS'), peak: field('VmHWM') };
}

/** Clock ticks of 10 ms in the fields utime and stime of Linux's proc(5). */
async function cpuOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
