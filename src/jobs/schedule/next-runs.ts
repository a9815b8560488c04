import type { Trigger } from '../../state/trigger.ts';
import { cronTimes } from './cron-expression.ts';
import { cronOfTrigger, isClockTrigger } from './cron-of-trigger.ts';

/**
 * The next times at which a clock starts the trigger, by the clock on the wall of its time zone.
 *
 * Where the clocks change, a daily, weekly or twelve-hourly time that does not exist runs at the first
 * instant after the gap (02:30 at 03:00), and one that exists twice runs the first time only. Hourly
 * runs come whenever the clock shows the minute: every real hour, also in the hour that is repeated.
 * (Where clocks move by half an hour, as on Lord Howe Island, one such hour a year takes 30 minutes and
 * one 90.) A day that a zone left out, as Samoa did in 2011, has no run.
 *
 * @param after ms since the epoch; every run is later
 * @returns at most `count` times in ms since the epoch, each later than the one before; none for a
 *   trigger that no clock starts
 * @throws TypeError for what `assertTrigger` refuses
 */
export function nextRuns(trigger: Trigger, after: number, count: number): number[] {
  if (!isClockTrigger(trigger)) return [];
  const times = cronTimes(cronOfTrigger(trigger), trigger.timezone);
  return times.nextRuns(count, new Date(after)).map((date) => date.getTime());
}
