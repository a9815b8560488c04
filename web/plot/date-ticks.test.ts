import { describe, expect, it } from 'vitest';
import { dateTicks, labelEvery, tickFormatter } from './date-ticks.ts';
import type { TimeDrawing } from './plot-spec.ts';
import { stepOf } from './time-step.ts';
import { WHOLE } from './zoom-by.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

function drawingOf(times: readonly number[], hasHours = false): TimeDrawing {
  return {
    kind: 'time',
    mark: 'line',
    times,
    hasHours,
    step: stepOf(times),
    series: [],
    hiddenSeries: 0,
  };
}

function every(start: string, step: number, count: number, hasHours = false): TimeDrawing {
  const first = Date.parse(`${start}Z`);
  return drawingOf(
    Array.from({ length: count }, (_, at) => first + at * step),
    hasHours,
  );
}

function months(count: number): TimeDrawing {
  return drawingOf(Array.from({ length: count }, (_, at) => Date.UTC(2025, at, 1)));
}

const daysOf = (times: readonly number[]) =>
  times.map((ms) => new Date(ms).toISOString().slice(5, 10));

describe('labels of an axis of time', () => {
  it('stand at each week where there is room, and at every second one where there is not', () => {
    const weeks = every('2026-09-07', 7 * DAY, 12);
    expect(labelEvery(weeks, 660, WHOLE)).toBe(1);
    expect(dateTicks(weeks, 1)).toEqual(weeks.times);
    expect(labelEvery(weeks, 350, WHOLE)).toBe(2);
    expect(daysOf(dateTicks(weeks, 2)).slice(0, 3)).toEqual(['09-07', '09-21', '10-05']);
  });

  it('stand on Mondays where whole weeks lie between them', () => {
    expect(daysOf(dateTicks(every('2026-10-29', DAY, 30), 7))).toEqual([
      '11-02',
      '11-09',
      '11-16',
      '11-23',
    ]);
  });

  it('are evenly apart although days are missing, and only at places that are there', () => {
    const { times } = every('2026-11-01', DAY, 20);
    const gaps = drawingOf(times.filter((_, at) => at !== 3 && at !== 4));
    expect(daysOf(dateTicks(gaps, 3))).toEqual([
      '11-01',
      '11-07',
      '11-10',
      '11-13',
      '11-16',
      '11-19',
    ]);
  });

  it('count hours from midnight and months from January', () => {
    const hours = every('2026-11-25T21:00', HOUR, 48, true);
    expect(dateTicks(hours, 6).map((ms) => new Date(ms).getUTCHours() % 6)).toEqual(
      Array.from({ length: 8 }, () => 0),
    );
    expect(daysOf(dateTicks(months(23), 3)).slice(0, 5)).toEqual([
      '01-01',
      '04-01',
      '07-01',
      '10-01',
      '01-01',
    ]);
  });

  it('come closer when a part is shown, and never crowd thousands of places', () => {
    const hours = every('2020-01-01T00:00', HOUR, 20_000, true);
    const whole = labelEvery(hours, 660, WHOLE);
    expect(dateTicks(hours, whole).length).toBeLessThan(14);
    expect(labelEvery(hours, 660, { start: 50, end: 50.2 })).toBeLessThan(12);
  });

  it('stand at every n-th place where places lie as they like', () => {
    const some = drawingOf([0, 3, 4, 9, 30, 41].map((day) => day * DAY));
    expect(dateTicks(some, 2)).toEqual([0, 4 * DAY, 30 * DAY]);
  });
});

describe('what labels say', () => {
  const said = (drawing: TimeDrawing, stride: number) => {
    const ticks = dateTicks(drawing, stride);
    const say = tickFormatter(drawing, ticks, stride);
    return ticks.map(say);
  };

  it('names the year of months once', () => {
    expect(said(months(15), 6)).toEqual(['Jan\n2025', 'Jul', 'Jan\n2026']);
  });

  it('names the day of hours once, and only the day of midnights', () => {
    const hours = every('2026-11-26T00:00', HOUR, 36, true);
    expect(said(hours, 12).map((label) => label.replace(/\s(?=[AP]M)/u, ' '))).toEqual([
      '12 AM\nNov 26',
      '12 PM',
      '12 AM\nNov 27',
    ]);
    expect(said(hours, 24)).toEqual(['Nov 26', 'Nov 27']);
  });

  it('leaves out the year where all days are of one', () => {
    expect(said(every('2026-11-01', DAY, 3), 1)).toEqual(['Nov 1', 'Nov 2', 'Nov 3']);
    expect(said(every('2026-12-31', DAY, 3), 1)).toEqual(['Dec 31\n2026', 'Jan 1\n2027', 'Jan 2']);
  });
});
