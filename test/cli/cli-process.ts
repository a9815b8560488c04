import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { DEMO_PROJECTS } from '../../src/simulator/project.ts';

const MAIN = join(import.meta.dirname, '../../src/cli/main.ts');

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningCli {
  readonly pid: number;
  kill(signal: NodeJS.Signals): void;
  /** Resolves when the output so far, of either stream, contains the text. */
  until(text: string): Promise<void>;
  readonly ended: Promise<Ended>;
}

/** Environment of a command: no keys but those given, so that nothing of the machine's own is used. */
type Env = Readonly<Record<string, string>>;

const [shop] = DEMO_PROJECTS;
export const SHOP_KEYS: Env = {
  AMPLITUDE_API_KEY: shop?.apiKey ?? '',
  AMPLITUDE_SECRET_KEY: shop?.secretKey ?? '',
};

/** Starts the command line in a process of its own, as a user would. */
export function startCli(args: readonly string[], env: Env = SHOP_KEYS, input = ''): RunningCli {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  const listeners = new Set<() => void>();
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
      for (const listener of listeners) listener();
    });
  }
  child.stdin.end(input);
  return {
    pid: child.pid ?? -1,
    kill: (signal) => child.kill(signal),
    until: (text) =>
      new Promise((resolve, reject) => {
        const check = () => {
          if (!(output.stdout + output.stderr).includes(text)) return;
          listeners.delete(check);
          resolve();
        };
        listeners.add(check);
        child.once('close', () => reject(new Error(`ended without ${text}: ${output.stderr}`)));
        check();
      }),
    ended: once(child, 'close').then(([code]) => ({ code, ...output })),
  };
}

export function runCli(args: readonly string[], env?: Env, input?: string): Promise<Ended> {
  return startCli(args, env, input).ended;
}
