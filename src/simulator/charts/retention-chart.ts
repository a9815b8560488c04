import { monthDayText } from '../product/calendar.ts';
import { queryCost } from '../product/query-cost.ts';
import { BLANK, type Cell, count, percent, type Row, text, texts } from '../report/report.ts';
import { type Cohort, cohortsOf, totalOf } from './cohort.ts';
import type { SavedChart } from './saved-chart.ts';

const DAYS = 8;
const OFFSETS = Array.from({ length: DAYS }, (_, day) => day);

/** N-day retention: all users, then one row per day on which people came first (reference §4). */
export const RETENTION_CHART: SavedChart = {
  id: 'r3d7uq5y',
  title: 'Who comes back after signing up',
  layout: 'retention',
  interval: 'day',
  cost: queryCost({ kind: 'retention', days: DAYS, segments: 1 }),
  report: (activity) => {
    const cohorts = cohortsOf(activity, {
      interval: 'day',
      count: DAYS,
      usersPerDay: 620,
      perUser: (day) => 0.55 / (day + 1),
    });
    return {
      preamble: [
        [[text('Who comes back after signing up')]],
        texts(['N Day Retention', 'Account Created', 'Any Active Event']).map((cell) => [cell]),
      ],
      table: [
        texts(['Segment', 'Users', ...OFFSETS.map((day) => `Day ${day}`)]),
        totalRow(cohorts),
        ...cohorts.map(cohortRow),
      ],
    };
  },
};

function totalRow(cohorts: readonly Cohort[]): Row {
  const totals = OFFSETS.map((offset) => totalOf(cohorts, offset));
  return [
    text('All Users'),
    count(totals[0]?.users ?? 0),
    ...totals.map((total, offset) => cell(offset, total.value, total.users, total.complete)),
  ];
}

function cohortRow(cohort: Cohort): Row {
  const cells = OFFSETS.map((offset) => {
    const outcome = cohort.outcomes[offset];
    return outcome === undefined
      ? BLANK
      : cell(offset, outcome.value, cohort.users, outcome.complete);
  });
  return [text(monthDayText(cohort.start)), count(cohort.users), ...cells];
}

/** `31.4%`, and `31.4%*` while more people can still return. Everybody is there on day 0. */
function cell(offset: number, returned: number, users: number, complete: boolean): Cell {
  const part = offset === 0 ? 1 : users === 0 ? 0 : returned / users;
  return percent(part) + (complete ? '' : '*');
}
