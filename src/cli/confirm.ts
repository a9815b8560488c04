import { createInterface } from 'node:readline/promises';
import type { Terminal } from './terminal.ts';

/** Asks a person on a terminal; `nobody` where there is none to ask. */
export async function confirm(
  question: string,
  terminal: Terminal,
): Promise<'yes' | 'no' | 'nobody'> {
  if (!process.stdin.isTTY || !terminal.stderr.isTTY) return 'nobody';
  const { signal } = terminal;
  const reader = createInterface({ input: process.stdin, output: terminal.stderr });
  // While it reads a line, readline takes Ctrl-C for itself.
  reader.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  try {
    const answer = await reader.question(`${question} [y/N] `, { signal });
    return /^y(es)?$/i.test(answer.trim()) ? 'yes' : 'no';
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    reader.close();
  }
}
