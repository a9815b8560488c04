import { type Terminal, tone } from '../terminal.ts';
import { printable } from './printable.ts';
import { counted } from './quantities.ts';

/** What was found out about the credentials (`stream` is null) or one stream. */
export interface CheckFacts {
  readonly stream: string | null;
  readonly warnings: readonly { readonly message: string }[];
  readonly error: { readonly message: string; readonly help: string } | null;
  /** Null for the credentials, and where there is an error. */
  readonly summary: {
    readonly title: string | null;
    readonly dimension: string | null;
    readonly records: number;
  } | null;
}

/** A check in a line or two, as soon as it has ended. */
export function checkText(
  { stream, warnings, error, summary }: CheckFacts,
  out: Terminal['stdout'],
): string {
  const name = stream ?? 'credentials';
  if (error !== null) {
    return `${tone(out, 'bad', '✗')} ${name}: ${printable(error.message)}\n  ${printable(error.help)}\n`;
  }
  const mark = tone(out, 'good', '✓');
  if (summary === null) return `${mark} ${name}: accepted\n`;
  const { title, dimension, records } = summary;
  const text = `${printable(title ?? '(no title)')} · ${printable(dimension ?? 'no table')} · ${counted(records, 'record')}`;
  const remarks = warnings.map(
    ({ message }) => `  ${tone(out, 'warn', 'warning')} ${printable(message)}\n`,
  );
  return `${mark} ${name}: ${text}\n${remarks.join('')}`;
}
