import { Cron } from 'croner';
import { ChartliftError, type TextPlace } from '../../errors.ts';

interface Field {
  readonly name: string;
  readonly takes: string;
}

/** The fields of a cron expression in their order (POSIX crontab, "INPUT FILES"). */
const FIELDS: readonly Field[] = [
  { name: 'minute', takes: '0 to 59' },
  { name: 'hour', takes: '0 to 23' },
  { name: 'day of the month', takes: '1 to 31, or L for the last' },
  { name: 'month', takes: '1 to 12, or JAN to DEC' },
  {
    name: 'day of the week',
    takes: '0 to 7 (both are Sunday), or SUN to SAT, MON#1 for the first',
  },
];

/** Croner knows more signs, such as `+`, that no other cron understands. */
const SIGNS = /^[0-9a-z*,/#?-]+$/i;

/** The calendar repeats itself: what comes true after any time does after every other. */
const ANY_TIME = new Date(Date.UTC(2024, 0, 1));

const HINT =
  'Write five fields: minute, hour, day of the month, month, day of the week. 30 6 * * MON-FRI is 06:30 on workdays.';

/**
 * The times of a cron expression of five fields.
 *
 * Croner's rule `no-wildcard` is what people expect of a change of the clocks: where minute and hour are
 * numbers, lists or ranges, a time that does not exist runs at the end of the gap and a time that exists
 * twice runs once, the first time. With a `*` or a step the expression means "so often": it runs
 * whenever the clock shows such a time, twice if it shows it twice.
 *
 * @throws TypeError for what {@link assertCronExpression} refuses
 */
export function cronTimes(expression: string, timezone: string): Cron {
  return new Cron(expression, {
    // The clocks of UTC never change: an offset spares Croner asking for the time of a zone, which is slow.
    ...(timezone === 'UTC' ? { utcOffset: 0 } : { timezone }),
    mode: '5-part',
    fixedTimeRule: 'no-wildcard',
    paused: true,
  });
}

/**
 * Refuses a cron expression that cannot be read or that never comes true, such as 30 February.
 *
 * @throws ChartliftError `fields_invalid`, with the place of the wrong field
 */
export function assertCronExpression(expression: string, timezone: string): void {
  const fields = [...expression.matchAll(/\S+/g)];
  if (fields.length !== FIELDS.length) throw refused(wrongCount(fields.length));
  for (const [index, { 0: text, index: offset }] of fields.entries()) {
    const field = FIELDS[index];
    if (field === undefined || isField(text, index)) continue;
    throw refused(`the ${field.name}, "${text}", is not understood: it takes ${field.takes}`, {
      line: 1,
      column: offset + 1,
    });
  }
  if (!comesTrue(expression, timezone)) {
    throw refused(`no day is ever like that: "${expression}" would never run`);
  }
}

/** Tried alone, so that a refusal is about this field. */
function isField(text: string, index: number): boolean {
  if (!SIGNS.test(text)) return false;
  try {
    cronTimes(FIELDS.map((_, at) => (at === index ? text : '*')).join(' '), 'UTC');
    return true;
  } catch {
    return false;
  }
}

function comesTrue(expression: string, timezone: string): boolean {
  try {
    return cronTimes(expression, timezone).nextRun(ANY_TIME) !== null;
  } catch (error) {
    throw refused(`"${expression}" is not understood`, undefined, error);
  }
}

function wrongCount(count: number): string {
  const seconds = count === 6 ? '; seconds are not offered' : '';
  return `has ${count} ${count === 1 ? 'field' : 'fields'} instead of five${seconds}`;
}

function refused(message: string, place?: TextPlace, cause?: unknown): ChartliftError {
  return new ChartliftError(
    'fields_invalid',
    `The cron expression cannot be used: ${message}.`,
    HINT,
    {
      issues: [{ path: ['trigger', 'expression'], message }],
      ...(place === undefined ? {} : { place }),
      ...(cause === undefined ? {} : { cause }),
    },
  );
}
