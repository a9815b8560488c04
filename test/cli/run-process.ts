import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningProcess {
  readonly pid: number;
  kill(signal: NodeJS.Signals): void;
  /** Resolves when the output so far, of either stream, contains the text. */
  until(text: string): Promise<void>;
  /** The same for a pattern; gives what it matched. */
  untilMatch(pattern: RegExp): Promise<RegExpExecArray>;
  readonly ended: Promise<Ended>;
}

export interface ProcessOptions {
  readonly cwd?: string;
  /** All of its environment, beside PATH, HOME and where Node keeps compiled code: nothing of the machine's own settings is used. */
  readonly env?: Readonly<Record<string, string>>;
  /** What it finds on its standard input. */
  readonly input?: string;
}

/** Starts a program in a process of its own and collects what it prints. */
export function startProcess(
  command: string,
  args: readonly string[],
  { cwd, env = {}, input = '' }: ProcessOptions = {},
): RunningProcess {
  // Compiled code may be shared with it: this changes nothing but the time that it takes to start.
  const { PATH = '', HOME = '', NODE_COMPILE_CACHE = '' } = process.env;
  const child = spawn(command, args, {
    ...(cwd === undefined ? {} : { cwd }),
    env: { PATH, HOME, NODE_COMPILE_CACHE, ...env },
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
  const found = <Found>(find: (output: string) => Found | null, what: string) =>
    new Promise<Found>((resolve, reject) => {
      const check = () => {
        const result = find(output.stdout + output.stderr);
        if (result === null) return;
        listeners.delete(check);
        resolve(result);
      };
      listeners.add(check);
      child.once('close', () => reject(new Error(`ended without ${what}: ${output.stderr}`)));
      check();
    });
  return {
    pid: child.pid ?? 0,
    kill: (signal) => child.kill(signal),
    until: async (text) => {
      await found((all) => all.includes(text) || null, text);
    },
    untilMatch: (pattern) => found((all) => pattern.exec(all), pattern.source),
    ended: once(child, 'close').then(([code]) => ({ code, ...output })),
  };
}

export function runProcess(
  command: string,
  args: readonly string[],
  options?: ProcessOptions,
): Promise<Ended> {
  return startProcess(command, args, options).ended;
}
