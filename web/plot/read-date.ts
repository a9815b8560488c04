/** A date as charts and SQL results write it, as ms since 1970 on the clock that it was written for. */
export interface ReadDate {
  readonly ms: number;
  readonly hasHours: boolean;
  /** What stands before it, as in `Dormant 2023-08-01`; mostly empty. */
  readonly prefix: string;
}

/** The `(2)` is what the parser adds to a header that repeats, such as the hour when clocks go back. */
const DATE =
  /^(?:(.*\S)\s+)?(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(?:Z|[+-]\d{2}(?::?\d{2})?)?)?(?: \(\d+\))?$/;

/** Reads a text as a date; null if it is none. */
export function readDate(text: string): ReadDate | null {
  const found = DATE.exec(text);
  if (found === null) return null;
  const [, prefix = '', ...parts] = found;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map((part) =>
    Number(part ?? 0),
  );
  const ms = Date.UTC(year, month - 1, day, hour, minute, second);
  const back = new Date(ms);
  // The 31st of February is no date.
  if (back.getUTCMonth() !== month - 1 || back.getUTCDate() !== day || hour > 23) return null;
  return { ms, hasHours: parts[3] !== undefined, prefix };
}
