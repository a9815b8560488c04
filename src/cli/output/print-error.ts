import { type ChartliftError, toChartliftError } from '../../errors.ts';
import { type Terminal, tone } from '../terminal.ts';
import { printable } from './printable.ts';

/** Shows an error on stderr: what happened, then what to do. */
export function printError(terminal: Terminal, thrown: unknown): ChartliftError {
  const error = toChartliftError(thrown);
  const label = tone(terminal.stderr, 'bad', 'error:');
  terminal.err(`${label} ${lines(error.message)}\n${lines(error.hint)}\n`);
  if (error.kind === 'bug' && error.cause instanceof Error) {
    terminal.err(`${error.cause.stack ?? ''}\n`);
  }
  return error;
}

/** Texts from outside may be part of a message; only its own line breaks stay. */
function lines(text: string): string {
  return text.split('\n').map(printable).join('\n');
}
