import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** One promise, and what was measured of it. */
export interface Measured {
  readonly what: string;
  readonly measured: string;
  readonly promised: string;
  readonly kept: boolean;
}

/** Runs a file of this folder in a process of its own and gives the JSON that it prints last. */
export async function inProcess(
  file: string,
  args: readonly string[],
): Promise<Record<string, number>> {
  const child = spawn(process.execPath, [join(import.meta.dirname, file), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${file} ended with ${code}: ${output}`);
  return JSON.parse(output.trim().split('\n').at(-1) ?? '');
}

/** The middle of some measurements. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
export const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;
