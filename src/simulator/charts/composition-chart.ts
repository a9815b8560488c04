import { lastPeriods } from '../product/calendar.ts';
import { queryCost } from '../product/query-cost.ts';
import { count, percent, text, texts } from '../report/report.ts';
import type { SavedChart } from './saved-chart.ts';

const DEVICES = [
  { family: 'Handset', perDay: 2100 },
  { family: 'Desktop', perDay: 1300 },
  { family: 'Tablet', perDay: 240 },
  { family: '(none)', perDay: 35 },
] as const;

/** The users of the last 30 days by a property: how many, and their part of all (reference §3.7). */
export const COMPOSITION_CHART: SavedChart = {
  id: 'p8o3bk6n',
  title: 'Shoppers by device family',
  layout: 'composition',
  interval: 'day',
  cost: queryCost({ kind: 'other', days: 30, segments: 1, groupBys: 1 }),
  report: (activity) => {
    const days = lastPeriods('day', 30, activity.now);
    const users = DEVICES.map((device) => {
      const series = activity.series(device.family, device.perDay);
      return days.reduce((sum, day) => sum + series(day), 0);
    });
    const all = users.reduce((sum, number) => sum + number, 0);
    const rows = DEVICES.map((device, index) => {
      const number = users[index] ?? 0;
      return [text(device.family), count(number), percent(all === 0 ? 0 : number / all)];
    });
    return {
      preamble: [[[text('Shoppers by device family')]], [[text('Uniques')]]],
      table: [texts(['Device Family', 'Users', 'Percent']), ...rows],
    };
  },
};
