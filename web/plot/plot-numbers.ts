const exact = new Intl.NumberFormat(undefined, { maximumSignificantDigits: 15 });
const short = new Intl.NumberFormat(undefined, {
  notation: 'compact',
  maximumSignificantDigits: 4,
});
const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' });
const dayOfYear = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  timeZone: 'UTC',
});
const hour = new Intl.DateTimeFormat(undefined, {
  dateStyle: 'medium',
  timeStyle: 'short',
  timeZone: 'UTC',
});

/** A value as a tooltip says it: all of it, in the reader's locale. */
export function sayValue(value: number): string {
  return exact.format(value);
}

/** A value beside an axis: "15.4K". */
export function sayTick(value: number): string {
  return short.format(value);
}

/** A place beside the axis of time: without the year where all places are of one. */
export function sayTimeTick(ms: number, hasHours: boolean, isOneYear: boolean): string {
  return !hasHours && isOneYear ? dayOfYear.format(ms) : sayTime(ms, hasHours);
}

/** A place on the axis of time, in ms; nothing is moved to the reader's zone. */
export function sayTime(ms: number, hasHours: boolean): string {
  return (hasHours ? hour : day).format(ms);
}
