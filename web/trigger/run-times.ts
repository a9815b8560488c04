/** One coming run, as it is told. */
export interface RunTime {
  /** ISO 8601, in UTC. */
  readonly at: string;
  /** In the zone of the trigger. */
  readonly there: string;
  /** In the zone of the reader; null where that reads the same. */
  readonly here: string | null;
}

/** The times of coming runs, in the zone of their trigger and in that of the reader. */
export function runTimes(
  runs: readonly string[],
  zone: string,
  readerZone: string,
  locale?: string,
): readonly RunTime[] {
  const there = format(zone, locale);
  const here = format(readerZone, locale);
  return runs.map((at) => {
    const date = new Date(at);
    const [told, own] = [there.format(date), here.format(date)];
    return { at, there: told, here: told === own ? null : own };
  });
}

function format(timeZone: string, locale: string | undefined): Intl.DateTimeFormat {
  const { hour12 } = new Intl.DateTimeFormat(locale, { hour: 'numeric' }).resolvedOptions();
  return new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: hour12 === true ? 'numeric' : '2-digit',
    minute: '2-digit',
    timeZone,
  });
}
