import { describe, expect, test } from 'vitest';
import {
  defaultTrigger,
  partsOf,
  TRIGGER_TYPES,
  toggleDay,
  triggerGap,
  triggerOf,
} from './trigger-choice.ts';

const zone = { timezone: 'Europe/Berlin' };

describe('changing the type of a trigger', () => {
  test('keeps time and zone', () => {
    const parts = partsOf({ type: 'daily', time: '22:15', timezone: 'Asia/Tokyo' }, zone);
    expect(triggerOf('weekly', parts)).toEqual({
      type: 'weekly',
      days: ['mon'],
      time: '22:15',
      timezone: 'Asia/Tokyo',
    });
    expect(triggerOf('cron', parts)).toMatchObject({ type: 'cron', timezone: 'Asia/Tokyo' });
  });

  test('gives back what was typed before a type without it', () => {
    const daily = partsOf({ type: 'daily', time: '22:15', timezone: 'Asia/Tokyo' }, zone);
    const manual = partsOf(triggerOf('manual', daily), daily);
    expect(triggerOf('every_12_hours', manual)).toEqual({
      type: 'every_12_hours',
      time: '22:15',
      timezone: 'Asia/Tokyo',
    });
    const after = partsOf({ type: 'after', source_id: 'src_1' }, manual);
    expect(triggerOf('after', partsOf(triggerOf('daily', after), after))).toEqual({
      type: 'after',
      source_id: 'src_1',
    });
  });

  test('has every type begin whole, but for the source to come after', () => {
    const parts = partsOf(defaultTrigger('UTC'), zone);
    const gaps = TRIGGER_TYPES.map((type) => triggerGap(triggerOf(type, parts)));
    expect(gaps).toEqual([null, null, null, null, null, 'source', null]);
  });
});

describe('days of a weekly trigger', () => {
  test('stand in the order of the week, in whatever order they are chosen', () => {
    expect(toggleDay(['fri'], 'mon')).toEqual(['mon', 'fri']);
    expect(toggleDay(['mon', 'fri'], 'wed')).toEqual(['mon', 'wed', 'fri']);
  });

  test('go when chosen again', () => {
    expect(toggleDay(['mon', 'fri'], 'mon')).toEqual(['fri']);
  });
});

describe('what a trigger lacks', () => {
  test.each([
    [{ type: 'daily', time: '', ...zone }, 'time'],
    [{ type: 'weekly', days: [], time: '06:30', ...zone }, 'days'],
    [{ type: 'weekly', days: ['mon'], time: '', ...zone }, 'time'],
    [{ type: 'cron', expression: ' ', ...zone }, 'expression'],
    [{ type: 'after', source_id: '' }, 'source'],
  ] as const)('%o: %s', (trigger, gap) => {
    const choice = trigger.type === 'weekly' ? { ...trigger, days: [...trigger.days] } : trigger;
    expect(triggerGap(choice)).toBe(gap);
  });
});
