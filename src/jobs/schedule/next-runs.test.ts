import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Trigger, WEEKDAYS } from '../../state/trigger.ts';
import { nextRuns } from './next-runs.ts';

const ZONES = [
  'America/New_York',
  'Europe/Berlin',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'America/Sao_Paulo',
  'Pacific/Apia',
  'UTC',
] as const;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const formats = new Map<string, Intl.DateTimeFormat>();

/** What the clock on the wall shows. */
function wall(at: number, timeZone: string) {
  let format = formats.get(timeZone);
  if (format === undefined) {
    // Swedish writes ISO 8601: `2026-03-29 02:30`.
    format = new Intl.DateTimeFormat('sv-SE', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
    formats.set(timeZone, format);
  }
  const [date = '', time = ''] = format.format(at).split(' ');
  return { date, time };
}

/** The day of the week of a date. */
function weekdayOf(date: string) {
  // ISO 8601 counts from Monday, JavaScript from Sunday.
  return WEEKDAYS[(new Date(date).getUTCDay() + 6) % 7];
}

/** Whether the clock jumps forward over `time` of that day, to `at`. */
function isEndOfGap(at: number, timeZone: string, time: string): boolean {
  const after = wall(at, timeZone);
  const before = wall(at - MINUTE, timeZone);
  const last = before.date === after.date ? before.time : '';
  return last < time && time < after.time;
}

function runsOf(trigger: Trigger, from: string, count: number): string[] {
  const zone = 'timezone' in trigger ? trigger.timezone : 'UTC';
  return nextRuns(trigger, Date.parse(from), count).map((at) => {
    const { date, time } = wall(at, zone);
    return `${date} ${time}`;
  });
}

const zones = fc.constantFrom(...ZONES);
const times = fc
  .tuple(fc.nat(23), fc.nat(59))
  .map((numbers) => numbers.map((n) => String(n).padStart(2, '0')).join(':'));
/** Times around changes of the clocks are as likely as all others. */
const riskyTimes = fc.oneof(
  times,
  fc.constantFrom('00:00', '00:30', '01:30', '01:45', '02:00', '02:15', '02:30', '03:00', '23:30'),
);
const instants = fc.integer({ min: Date.UTC(2010, 0, 1), max: Date.UTC(2030, 0, 1) });
const weekdays = fc.uniqueArray(fc.constantFrom(...WEEKDAYS), { minLength: 1 });

const triggers: fc.Arbitrary<Exclude<Trigger, { type: 'manual' | 'after' }>> = fc.oneof(
  fc.record({ type: fc.constant('hourly' as const), minute: fc.nat(59), timezone: zones }),
  fc.record({ type: fc.constant('daily' as const), time: riskyTimes, timezone: zones }),
  fc.record({ type: fc.constant('every_12_hours' as const), time: riskyTimes, timezone: zones }),
  fc.record({
    type: fc.constant('weekly' as const),
    days: weekdays,
    time: riskyTimes,
    timezone: zones,
  }),
  fc.record({
    type: fc.constant('cron' as const),
    expression: fc.constantFrom('*/7 * * * *', '0 */5 * * *', '30 2 * * SUN', '15 0-23 1 * *'),
    timezone: zones,
  }),
);

describe('next runs', () => {
  it('are later than the given time, and each later than the one before', () => {
    fc.assert(
      fc.property(triggers, instants, (trigger, after) => {
        const runs = nextRuns(trigger, after, 20);
        expect(runs).toHaveLength(20);
        for (const [n, run] of runs.entries()) expect(run).toBeGreaterThan(runs[n - 1] ?? after);
      }),
    );
  });

  it('do not depend on how they are asked for', () => {
    fc.assert(
      fc.property(triggers, instants, (trigger, after) => {
        const together = nextRuns(trigger, after, 10);
        const oneByOne: number[] = [];
        for (let last = after; oneByOne.length < 10; last = oneByOne.at(-1) ?? last) {
          oneByOne.push(...nextRuns(trigger, last, 1));
        }
        expect(oneByOne).toEqual(together);
        const [first = 0] = together;
        expect(nextRuns(trigger, first - 1, 1)).toEqual([first]);
      }),
    );
  });

  it('are at the wanted time of the wall clock, or at the end of the gap that swallowed it', () => {
    fc.assert(
      fc.property(zones, riskyTimes, weekdays, instants, (timezone, time, days, after) => {
        for (const at of nextRuns({ type: 'weekly', days, time, timezone }, after, 60)) {
          const shown = wall(at, timezone);
          expect(days).toContain(weekdayOf(shown.date));
          expect(shown.time === time || isEndOfGap(at, timezone, time)).toBe(true);
        }
      }),
    );
  });

  it('are at both times of the wall clock every twelve hours', () => {
    fc.assert(
      fc.property(zones, riskyTimes, instants, (timezone, time, after) => {
        const twelveLater = `${String((Number(time.slice(0, 2)) + 12) % 24).padStart(2, '0')}${time.slice(2)}`;
        for (const at of nextRuns({ type: 'every_12_hours', time, timezone }, after, 40)) {
          const shown = wall(at, timezone).time;
          const wanted = [time, twelveLater];
          expect(
            wanted.includes(shown) || wanted.some((one) => isEndOfGap(at, timezone, one)),
          ).toBe(true);
        }
      }),
    );
  });

  it('are none where no clock starts the source', () => {
    expect(nextRuns({ type: 'manual' }, 0, 5)).toEqual([]);
    expect(nextRuns({ type: 'after', source_id: 'src_1' }, 0, 5)).toEqual([]);
  });
});

/** What of a zone's calendar a schedule has to get right, of 17 years. */
interface Calendar {
  /** The days that the zone had, in order. */
  readonly days: readonly string[];
  /** Times within 8 h after each change of the clocks; and a leap day and a new year, when nothing changes. */
  readonly moments: readonly number[];
}

const FIRST_NOON = Date.UTC(2009, 11, 31, 12);

function calendarOf(timezone: string): Calendar {
  const days: string[] = [];
  const moments = [Date.UTC(2012, 1, 29), Date.UTC(2015, 0, 1)];
  let offset: number | null = null;
  for (let at = FIRST_NOON; at < Date.UTC(2027, 0, 1); at += 8 * HOUR) {
    const { date, time } = wall(at, timezone);
    if (days.at(-1) !== date) days.push(date);
    const now = Date.parse(`${date}T${time}Z`) - at;
    if (offset !== null && now !== offset) moments.push(at);
    offset = now;
  }
  return { days, moments };
}

describe.each(ZONES)('in %s', (timezone) => {
  const { days, moments } = calendarOf(timezone);

  function expectEachDay(time: string, after: number, count: number): void {
    const runs = nextRuns({ type: 'daily', time, timezone }, after, count).map(
      (at) => wall(at, timezone).date,
    );
    expect(runs).toHaveLength(count);
    const first = days.indexOf(runs[0] ?? '');
    expect(runs).toEqual(days.slice(first, first + count));
  }

  it('a daily run is one for each day of 17 years', () => {
    const count = days.length - 3;
    expect(count).toBeGreaterThan(17 * 365);
    expectEachDay('02:30', FIRST_NOON + DAY, count);
  });

  it.each(['00:00', '00:30', '01:45', '02:00', '02:30', '23:30'])(
    'a daily run at %s is one for each day around every change of the clocks',
    (time) => {
      for (const moment of moments) expectEachDay(time, moment - 3 * DAY, 6);
    },
  );

  it('an hourly run is one in each real hour, whatever the clocks do', () => {
    const gaps = moments.flatMap((moment) => {
      const trigger: Trigger = { type: 'hourly', minute: 15, timezone };
      const runs = nextRuns(trigger, moment - 36 * HOUR, 72);
      expect(runs).toHaveLength(72);
      return runs.slice(1).map((at, n) => (at - (runs[n] ?? 0)) / MINUTE);
    });
    // The clocks change by half an hour in only one of the zones.
    const wanted = timezone === 'Australia/Lord_Howe' ? [60, 90] : [60];
    expect([...new Set(gaps)].sort()).toEqual(wanted);
  });
});

describe('where the clocks go forward', () => {
  it('a daily 02:30 runs when the gap ends', () => {
    const trigger: Trigger = { type: 'daily', time: '02:30', timezone: 'Europe/Berlin' };
    expect(runsOf(trigger, '2026-03-28T00:00Z', 3)).toEqual([
      '2026-03-28 02:30',
      '2026-03-29 03:00',
      '2026-03-30 02:30',
    ]);
  });

  it('a gap at midnight moves the run, not the day', () => {
    const trigger: Trigger = { type: 'daily', time: '00:30', timezone: 'America/Sao_Paulo' };
    expect(runsOf(trigger, '2018-11-03T00:00Z', 3)).toEqual([
      '2018-11-03 00:30',
      '2018-11-04 01:00',
      '2018-11-05 00:30',
    ]);
  });

  it('a gap of half an hour is one, too', () => {
    const trigger: Trigger = { type: 'daily', time: '02:15', timezone: 'Australia/Lord_Howe' };
    expect(runsOf(trigger, '2026-10-02T14:00Z', 3)).toEqual([
      '2026-10-03 02:15',
      '2026-10-04 02:30',
      '2026-10-05 02:15',
    ]);
  });

  it('a day that never was has no run', () => {
    const trigger: Trigger = { type: 'daily', time: '06:30', timezone: 'Pacific/Apia' };
    expect(runsOf(trigger, '2011-12-29T00:00Z', 3)).toEqual([
      '2011-12-29 06:30',
      '2011-12-31 06:30',
      '2012-01-01 06:30',
    ]);
  });

  it('a twelve-hourly run keeps its times', () => {
    const trigger: Trigger = { type: 'every_12_hours', time: '14:30', timezone: 'Europe/Berlin' };
    expect(runsOf(trigger, '2026-03-28T12:00Z', 4)).toEqual([
      '2026-03-28 14:30',
      '2026-03-29 03:00',
      '2026-03-29 14:30',
      '2026-03-30 02:30',
    ]);
  });
});

describe('where the clocks go back', () => {
  it('a daily 02:30 runs once, the first time', () => {
    const trigger: Trigger = { type: 'daily', time: '02:30', timezone: 'Europe/Berlin' };
    const runs = nextRuns(trigger, Date.parse('2026-10-24T12:00Z'), 2);
    expect(runs.map((at) => new Date(at).toISOString())).toEqual([
      '2026-10-25T00:30:00.000Z',
      '2026-10-26T01:30:00.000Z',
    ]);
  });

  it('the hour that is repeated has its hourly run twice, an hour apart', () => {
    const trigger: Trigger = { type: 'hourly', minute: 15, timezone: 'Europe/Berlin' };
    expect(runsOf(trigger, '2026-10-24T23:30Z', 4)).toEqual([
      '2026-10-25 02:15',
      '2026-10-25 02:15',
      '2026-10-25 03:15',
      '2026-10-25 04:15',
    ]);
  });
});

describe('a cron expression', () => {
  it.each([
    ['30 6 * * MON-FRI', ['2026-01-02 06:30', '2026-01-05 06:30']],
    ['0 0 L * *', ['2026-01-31 00:00', '2026-02-28 00:00']],
    ['0 8 * * MON#1', ['2026-01-05 08:00', '2026-02-02 08:00']],
    ['0 8 * * FRIL', ['2026-01-30 08:00', '2026-02-27 08:00']],
    ['0 0 29 feb *', ['2028-02-29 00:00', '2032-02-29 00:00']],
    // As in every cron, one of the two days is enough.
    ['0 0 13 * FRI', ['2026-01-02 00:00', '2026-01-09 00:00', '2026-01-13 00:00']],
    ['0 0 * * 7', ['2026-01-04 00:00']],
  ])('%s', (expression, runs) => {
    const trigger: Trigger = { type: 'cron', expression, timezone: 'UTC' };
    expect(runsOf(trigger, '2026-01-01T12:00Z', runs.length)).toEqual(runs);
  });

  it('with numbers treats changes of the clocks like a preset', () => {
    const trigger: Trigger = {
      type: 'cron',
      expression: '0,30 2 * * *',
      timezone: 'Europe/Berlin',
    };
    expect(runsOf(trigger, '2026-03-28T12:00Z', 2)).toEqual([
      '2026-03-29 03:00',
      '2026-03-30 02:00',
    ]);
    expect(runsOf(trigger, '2026-10-24T12:00Z', 3)).toEqual([
      '2026-10-25 02:00',
      '2026-10-25 02:30',
      '2026-10-26 02:00',
    ]);
  });
});
