const MONTH = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}';
const WEEKDAY = '(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}, )?';
const ISO_DATE = '\\d{4}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\\d|3[01]))?';
const TIME = '(?:[T ]\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d+)?)?(?:Z|[+-]\\d{2}:?\\d{2})?)?';

/** The spellings of reference §3, §4 and §5: ISO with or without a time, `Sep 02, 2024`, `Sun, Apr 16`, quarters. */
const DATE_HEADER = new RegExp(
  `^(?:${ISO_DATE}${TIME}|${WEEKDAY}${MONTH} \\d{1,2}(?:, \\d{4})?|${MONTH} \\d{4}|Q[1-4] \\d{4}|\\d{4}[ -]Q[1-4])$`,
);

/** A date header with a time of day. */
const TIMED = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:/;

const MIDNIGHT = /T00:00:00(?:\.0+)?$/;

/** Whether the text of a header names a date or the start of a period. */
export function readsAsDate(header: string): boolean {
  return DATE_HEADER.test(header);
}

/**
 * Drops the time where every date header is at midnight, so that dates read the same in every chart:
 * user sessions write `2025-06-02T00:00:00`, all others `2025-06-02` (DESIGN §2.2.8, reference §3.2).
 */
export function withoutMidnight(headers: readonly string[]): string[] {
  const timed = headers.filter((header) => readsAsDate(header) && TIMED.test(header));
  if (!timed.every((header) => MIDNIGHT.test(header))) return [...headers];
  return headers.map((header) => (readsAsDate(header) ? header.replace(MIDNIGHT, '') : header));
}
