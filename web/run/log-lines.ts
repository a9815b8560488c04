import type { RunEvent } from './run-types.ts';

export const LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type Level = (typeof LEVELS)[number];

/** The lines of a level or above that hold a text, in whatever case. */
export function filterLines(
  log: readonly RunEvent[],
  { level, text }: { readonly level: Level; readonly text: string },
): readonly RunEvent[] {
  const least = LEVELS.indexOf(level);
  const wanted = text.trim().toLowerCase();
  if (least === 0 && wanted === '') return log;
  return log.filter(
    (line) =>
      LEVELS.indexOf(line.level) >= least &&
      (wanted === '' || `${line.stream ?? ''} ${line.message}`.toLowerCase().includes(wanted)),
  );
}

/** Lines as a text to keep: exact times in UTC, one line each. */
export function logText(lines: readonly RunEvent[]): string {
  return lines
    .map(({ at, level, stream, message }) =>
      [
        at,
        level.toUpperCase().padEnd(5),
        ...(stream === null ? [] : [stream]),
        oneLine(message),
      ].join(' '),
    )
    .join('\n');
}

function oneLine(message: string): string {
  return message.trim().replaceAll(/\s*\n\s*/g, ' ⏎ ');
}
