import type { Activity } from '../product/activity.ts';
import { elapsed, lastPeriods, monthDayYearText, type Period } from '../product/calendar.ts';
import { queryCost } from '../product/query-cost.ts';
import { count, percent, type Row, text, texts } from '../report/report.ts';
import type { SavedChart } from './saved-chart.ts';

const WEEKS = 6;
const DAYS = [1, 2, 3, 4, 5, 6, 7] as const;

/** On how many days of a week people were active: all weeks, then each (reference §4). */
export const STICKINESS_CHART: SavedChart = {
  id: 'c6s2gh8e',
  title: 'Days active per week',
  layout: 'stickiness',
  interval: 'week',
  cost: queryCost({ kind: 'other', days: 7 * WEEKS, segments: 1 }),
  report: (activity) => {
    const weeks = lastPeriods('week', WEEKS, activity.now);
    return {
      preamble: [[[text('Days active per week')]], [[text('Cumulative')]]],
      table: [
        texts(['Segment', 'Users', ...DAYS.map((day) => (day === 1 ? '1 day' : `${day} days`))]),
        row('All Users', activity, weeks),
        ...weeks.map((week) => row(monthDayYearText(week.start), activity, [week])),
      ],
    };
  },
};

function row(label: string, activity: Activity, weeks: readonly Period[]): Row {
  const active = activity.series('Active Users', 900);
  let users = 0;
  const people = DAYS.map(() => 0);
  for (const week of weeks) {
    const all = active(week);
    users += all;
    for (const [index, day] of DAYS.entries()) {
      const part = day === 1 ? 1 : activity.rate(`${day} days`, week, 0.8 / day);
      people[index] = (people[index] ?? 0) + Math.floor(all * part);
    }
  }
  // A week that still runs is marked before the number (reference §4: `*100%`).
  const mark = weeks.some((week) => elapsed(week, activity.now) < 1) ? '*' : '';
  const cells = people.map((part) => mark + percent(users === 0 ? 0 : part / users));
  return [text(label), count(users), ...cells];
}
