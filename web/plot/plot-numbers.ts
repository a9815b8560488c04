const exact = new Intl.NumberFormat(undefined, { maximumSignificantDigits: 15 });
const short = new Intl.NumberFormat(undefined, {
  notation: 'compact',
  maximumSignificantDigits: 4,
});
const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' });
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

/** A place on the axis of time, in ms; nothing is moved to the reader's zone. */
export function sayTime(ms: number, hasHours: boolean): string {
  return (hasHours ? hour : day).format(ms);
}
