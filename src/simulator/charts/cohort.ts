import type { Activity } from '../product/activity.ts';
import { elapsed, lastPeriods, type Period, periodAt } from '../product/calendar.ts';

/** People who came in the same period, and what they did in that and each later period. */
export interface Cohort {
  readonly start: number;
  readonly users: number;
  /** One per period that has begun; a later period has none. */
  readonly outcomes: readonly Outcome[];
}

export interface Outcome {
  /** What all users of the cohort added in that period. */
  readonly value: number;
  /** Whether the period is over. The tables mark what is not (reference §4). */
  readonly complete: boolean;
}

export interface CohortOptions {
  readonly interval: 'day' | 'week';
  /** Cohorts, the newest of which is the running period. */
  readonly count: number;
  readonly usersPerDay: number;
  /** What a user usually adds in the nth period (0 is the cohort's own): a return, or money. */
  readonly perUser: (offset: number) => number;
}

/** The cohorts of a retention or revenue table, oldest first. */
export function cohortsOf(activity: Activity, options: CohortOptions): readonly Cohort[] {
  const newUsers = activity.series('New Users', options.usersPerDay);
  return lastPeriods(options.interval, options.count, activity.now).map((cohort) => {
    const users = newUsers(cohort);
    return { start: cohort.start, users, outcomes: outcomes(activity, options, cohort, users) };
  });
}

function outcomes(
  activity: Activity,
  options: CohortOptions,
  cohort: Period,
  users: number,
): readonly Outcome[] {
  const made: Outcome[] = [];
  let period = cohort;
  while (period.start <= activity.now && made.length < options.count) {
    const offset = made.length;
    const over = elapsed(period, activity.now);
    const rate = activity.rate(`Offset ${offset}`, cohort, options.perUser(offset));
    made.push({ value: Math.floor(users * rate * over), complete: over === 1 });
    period = periodAt(options.interval, period.end);
  }
  return made;
}

/** All cohorts as one: per offset the sum of those that have reached it. */
export function totalOf(cohorts: readonly Cohort[], offset: number): Outcome & { users: number } {
  const total = { value: 0, users: 0, complete: true };
  for (const cohort of cohorts) {
    const outcome = cohort.outcomes[offset];
    if (outcome === undefined) continue;
    total.value += outcome.value;
    total.users += cohort.users;
    total.complete &&= outcome.complete;
  }
  return total;
}
