import { assertTrigger } from '../jobs/schedule/assert-trigger.ts';
import { describeTrigger } from '../jobs/schedule/describe-trigger.ts';
import { nextRuns } from '../jobs/schedule/next-runs.ts';
import { shortestGapMs } from '../jobs/schedule/shortest-gap.ts';
import type { Trigger } from '../state/trigger.ts';
import type { Warning } from '../stream/connector.ts';

/** How many of the coming runs are told before a trigger is saved. */
const SHOWN_RUNS = 5;

const HOUR_MS = 3_600_000;

/** What a trigger means, told before it is saved. */
export interface TriggerAdvice {
  /** In words, such as "Every day at 06:30, Europe/Berlin". */
  readonly description: string;
  /** The next five runs, in ms since the epoch; empty where no clock starts it. */
  readonly nextRuns: readonly number[];
  readonly warnings: readonly Warning[];
}

/**
 * @param cacheMs for how long the source may give the same answer again, for each stream that tells
 * @throws ChartliftError `fields_invalid`
 */
export function adviseTrigger(
  trigger: Trigger,
  cacheMs: readonly number[],
  now: number,
): TriggerAdvice {
  assertTrigger(trigger);
  return {
    description: describeTrigger(trigger),
    nextRuns: nextRuns(trigger, now, SHOWN_RUNS),
    warnings: cacheWarnings(trigger, cacheMs, now),
  };
}

/** Reading more often than the source computes is allowed: it costs requests and brings nothing new. */
function cacheWarnings(trigger: Trigger, cacheMs: readonly number[], now: number): Warning[] {
  const gap = shortestGapMs(trigger, now);
  const slower = cacheMs.filter((ms) => gap !== null && ms > gap);
  if (gap === null || slower.length === 0) return [];
  const longest = Math.max(...slower);
  return [
    {
      code: 'schedule_faster_than_cache',
      message:
        `Amplitude computes ${slower.length === 1 ? 'one of the charts' : `${slower.length} of the charts`} anew after up to ${inWords(longest)}. ` +
        `Some of the runs, every ${inWords(gap)}, will find ${slower.length === 1 ? 'it' : 'them'} unchanged and make no new version.`,
    },
  ];
}

function inWords(ms: number): string {
  const hours = ms / HOUR_MS;
  if (hours < 1) return `${Math.round(ms / 60_000)} minutes`;
  return hours === 1 ? 'hour' : `${Math.round(hours * 10) / 10} hours`;
}
