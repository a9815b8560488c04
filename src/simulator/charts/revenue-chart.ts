import { monthDayText } from '../product/calendar.ts';
import { queryCost } from '../product/query-cost.ts';
import { BLANK, type Cell, count, dollars, type Row, text, texts } from '../report/report.ts';
import { type Cohort, cohortsOf, totalOf } from './cohort.ts';
import type { SavedChart } from './saved-chart.ts';

const DAYS = 7;
const OFFSETS = Array.from({ length: DAYS }, (_, day) => day);

/** What new users have paid up to each day of theirs, in dollars (reference §4, Revenue LTV). */
export const REVENUE_CHART: SavedChart = {
  id: 'v9l4tm0a',
  title: 'Lifetime revenue of new buyers',
  layout: 'revenue LTV',
  interval: 'day',
  cost: queryCost({ kind: 'other', days: DAYS, segments: 1 }),
  report: (activity) => {
    const cohorts = cohortsOf(activity, {
      interval: 'day',
      count: DAYS,
      usersPerDay: 430,
      perUser: (day) => 6 / (day + 1),
    });
    return {
      preamble: [[[text('Lifetime revenue of new buyers')]], [[text('Total Revenue')]]],
      table: [
        texts(['Segment', 'New Users', 'Paying', ...OFFSETS.map((day) => `Day ${day}`)]),
        totalRow(cohorts),
        ...cohorts.map(cohortRow),
      ],
    };
  },
};

function totalRow(cohorts: readonly Cohort[]): Row {
  let paid = 0;
  let complete = true;
  const cells = OFFSETS.map((offset) => {
    const total = totalOf(cohorts, offset);
    paid += total.value;
    complete &&= total.complete;
    return revenue(paid, complete);
  });
  return [text('All Users'), ...people(totalOf(cohorts, 0).users), ...cells];
}

function cohortRow(cohort: Cohort): Row {
  let paid = 0;
  const cells = OFFSETS.map((offset) => {
    const outcome = cohort.outcomes[offset];
    if (outcome === undefined) return BLANK;
    paid += outcome.value;
    return revenue(paid, outcome.complete);
  });
  return [text(monthDayText(cohort.start)), ...people(cohort.users), ...cells];
}

function people(users: number): readonly Cell[] {
  return [count(users), count(Math.floor(users * 0.31))];
}

/** `$2,327`, and `$2,327*` while the day still runs. */
function revenue(paid: number, complete: boolean): Cell {
  return dollars(paid) + (complete ? '' : '*');
}
