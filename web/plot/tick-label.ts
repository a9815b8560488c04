import type { TimeDrawing } from './plot-spec.ts';

const format = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(undefined, { ...options, timeZone: 'UTC' });
const HOUR = format({ hour: 'numeric' });
const MINUTE = format({ hour: 'numeric', minute: '2-digit' });
const DAY = format({ day: 'numeric', month: 'short' });
const MONTH = format({ month: 'short' });
const YEAR = format({ year: 'numeric' });

const HOUR_MS = 3_600_000;
/** So many labels tell how long they are. */
const SAMPLES = 24;

/** px of a letter of 12 px, roughly. */
export const LETTER = 6.7;

/** Whether labels have a second line: the day of hours, the year of months, of days in several years. */
export function hasTwoLines(drawing: TimeDrawing): boolean {
  if (drawing.step === 'year') return false;
  return isClock(drawing) || isMonth(drawing) || !isOneYear(drawing);
}

/**
 * The label of a place on an axis of time. What is the same as at the label before is not said again.
 *
 * @param before ms of the label before; null for the first that is shown
 */
export function dateLabel(
  drawing: TimeDrawing,
  every: number,
  ms: number,
  before: number | null,
): string {
  if (drawing.step === 'year') return YEAR.format(ms);
  const isChange = (unit: Intl.DateTimeFormat) =>
    before === null || unit.format(before) !== unit.format(ms);
  if (isClock(drawing) && !(drawing.step === 'hour' && every % 24 === 0)) {
    const time = (hasMinutes(drawing) ? MINUTE : HOUR).format(ms);
    return isChange(DAY) ? `${time}\n${DAY.format(ms)}` : time;
  }
  const name = (isMonth(drawing) ? MONTH : DAY).format(ms);
  const showsYear = isMonth(drawing) || !isOneYear(drawing);
  return showsYear && isChange(YEAR) ? `${name}\n${YEAR.format(ms)}` : name;
}

/** The letters of the longest line among its labels, roughly. */
export function widestLabel(drawing: TimeDrawing): number {
  const { times } = drawing;
  const stride = Math.max(1, Math.floor(times.length / SAMPLES));
  const lines = times
    .filter((_, at) => at % stride === 0)
    .flatMap((ms) => dateLabel(drawing, 1, ms, null).split('\n'));
  return Math.max(1, ...lines.map(({ length }) => length));
}

function isClock({ hasHours, step }: TimeDrawing): boolean {
  return hasHours && (step === 'hour' || step === null);
}

/** Of places an hour apart all have the same minute. */
function hasMinutes({ times, step }: TimeDrawing): boolean {
  return (step === 'hour' ? times.slice(0, 1) : times).some((ms) => ms % HOUR_MS !== 0);
}

function isMonth({ step }: TimeDrawing): boolean {
  return step === 'month' || step === 'quarter';
}

function isOneYear({ times }: TimeDrawing): boolean {
  return YEAR.format(times[0] ?? 0) === YEAR.format(times.at(-1) ?? 0);
}
