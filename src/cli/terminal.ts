import { styleText } from 'node:util';

/** Where a command writes and what it learns of the outside: the process, or a test. */
export interface Terminal {
  /** Results: what another program may read. */
  out(text: string): void;
  /** Progress and messages for people. */
  err(text: string): void;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly env: NodeJS.ProcessEnv;
  /** Aborted by Ctrl-C or SIGTERM, with an error of code `interrupted`. */
  readonly signal: AbortSignal;
}

type Tone = 'good' | 'bad' | 'warn' | 'quiet' | 'strong';

const STYLES = {
  good: 'green',
  bad: 'red',
  warn: 'yellow',
  quiet: 'gray',
  strong: 'bold',
} as const satisfies Record<Tone, Parameters<typeof styleText>[0]>;

/** Colours a text where the stream is a terminal that wants colours (NO_COLOR is respected). */
export function tone(stream: NodeJS.WriteStream, name: Tone, text: string): string {
  return styleText(STYLES[name], text, { stream });
}
