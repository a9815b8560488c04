import { vi } from 'vitest';
import { runCommandLine } from '../../src/cli/command-line.ts';
import { SHOP_KEYS } from './cli-process.ts';
import type { Ended } from './run-process.ts';

/** A command line at work in the test's own process. */
export interface RunningCommand {
  /** Resolves when the output so far, of either stream, contains the text. */
  until(text: string): Promise<void>;
  readonly ended: Promise<Ended>;
}

/** What a pipe is to a program: no terminal. */
const pipe: NodeJS.WriteStream = Object.create(process.stdout, { isTTY: { value: false } });

/**
 * Carries out a command line as `main.ts` does, without the start of a process, which costs more than most
 * commands: for tests of what commands do and print. What belongs to the process itself (its streams, signals
 * and end) needs `startCli`.
 */
export function startCommand(
  args: readonly string[],
  env: Readonly<Record<string, string>> = SHOP_KEYS,
): RunningCommand {
  // Node.js heeds it before it looks at the stream; a process of `startCli` does not get it either.
  vi.stubEnv('FORCE_COLOR', undefined);
  const output = { stdout: '', stderr: '' };
  const listeners = new Set<() => void>();
  const collect = (name: keyof typeof output) => (text: string) => {
    output[name] += text;
    for (const listener of listeners) listener();
  };
  const ended = runCommandLine(args, {
    out: collect('stdout'),
    err: collect('stderr'),
    stdout: pipe,
    stderr: pipe,
    env: { ...env },
    signal: new AbortController().signal,
  }).then((code) => ({ code, ...output }));
  return {
    until: (text) => {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const check = () => {
        if ((output.stdout + output.stderr).includes(text)) resolve();
      };
      listeners.add(check);
      ended.then(() => reject(new Error(`ended without ${text}: ${output.stderr}`)));
      check();
      return promise;
    },
    ended,
  };
}

export function runCommand(
  args: readonly string[],
  env?: Readonly<Record<string, string>>,
): Promise<Ended> {
  return startCommand(args, env).ended;
}
