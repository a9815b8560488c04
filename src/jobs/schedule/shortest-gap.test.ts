import { describe, expect, it } from 'vitest';
import type { Trigger } from '../../state/trigger.ts';
import { shortestGapMs } from './shortest-gap.ts';

const NOW = Date.UTC(2026, 2, 1);
const HOUR = 3_600_000;
const timezone = 'Europe/Berlin';

function gap(trigger: Trigger): number | null {
  const ms = shortestGapMs(trigger, NOW);
  return ms === null ? null : ms / HOUR;
}

describe('the shortest gap in hours', () => {
  it.each<[Trigger, number | null]>([
    [{ type: 'manual' }, null],
    [{ type: 'after', source_id: 'src_1' }, null],
    [{ type: 'hourly', minute: 5, timezone }, 1],
    [{ type: 'every_12_hours', time: '02:30', timezone }, 12],
    [{ type: 'daily', time: '02:30', timezone }, 24],
    [{ type: 'weekly', days: ['mon'], time: '02:30', timezone }, 168],
    [{ type: 'weekly', days: ['sun', 'mon', 'thu'], time: '02:30', timezone }, 24],
    [{ type: 'weekly', days: ['tue', 'fri'], time: '02:30', timezone }, 72],
  ])('of $type is a fact', (trigger, hours) => {
    expect(gap(trigger)).toBe(hours);
  });

  it.each([
    ['* * * * *', 1 / 60],
    ['*/5 * * * *', 5 / 60],
    ['0,1 9 * * *', 1 / 60],
    ['0 9,17 * * MON-FRI', 8],
    ['0 9 * * MON,THU', 72],
    ['0 9 1 * *', 28 * 24],
    ['0 0 29 2 *', 1_461 * 24],
  ])('of the expression %s is found', (expression, hours) => {
    expect(gap({ type: 'cron', expression, timezone })).toBeCloseTo(hours);
  });
});
