import { dateText, lastPeriods } from '../product/calendar.ts';
import { queryCost } from '../product/query-cost.ts';
import { count, type Row, text, texts } from '../report/report.ts';
import type { SavedChart } from './saved-chart.ts';

const WEEKS = 8;
const USER_TYPES = [
  { name: 'New Users', perDay: 310, dormantPerDay: 190 },
  { name: 'Current Users', perDay: 740, dormantPerDay: 120 },
  { name: 'Resurrected Users', perDay: 85, dormantPerDay: 60 },
] as const;

/** People who came, stayed and left: two columns per week, those who left below zero (reference §4). */
export const LIFECYCLE_CHART: SavedChart = {
  id: 'l5w1xp7i',
  title: 'Growth of active users',
  layout: 'lifecycle',
  interval: 'week',
  cost: queryCost({ kind: 'other', days: 7 * WEEKS, segments: 1 }),
  report: (activity) => {
    const weeks = lastPeriods('week', WEEKS, activity.now);
    const numbers = USER_TYPES.map((type) => {
      const active = activity.series(type.name, type.perDay);
      const dormant = activity.series(`Dormant ${type.name}`, type.dormantPerDay);
      return weeks.flatMap((week) => [active(week), 0 - dormant(week)]);
    });
    const dates = weeks.map((week) => dateText(week.start));
    return {
      preamble: [[[text('Growth of active users')]], [[text('Lifecycle')]]],
      table: [
        texts(['Active User Type', ...dates.flatMap((date) => [date, `Dormant ${date}`])]),
        ...USER_TYPES.map((type, index) => row(type.name, numbers[index] ?? [])),
        row('Column Sum', sums(numbers)),
      ],
    };
  },
};

function row(label: string, numbers: readonly number[]): Row {
  return [text(label), ...numbers.map(count)];
}

function sums(rows: readonly (readonly number[])[]): readonly number[] {
  const [first = []] = rows;
  return first.map((_, column) => rows.reduce((sum, numbers) => sum + (numbers[column] ?? 0), 0));
}
