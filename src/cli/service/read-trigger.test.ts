import { describe, expect, it } from 'vitest';
import { readTrigger } from './read-trigger.ts';

const ZONE = 'Europe/Berlin';

describe('the trigger options', () => {
  it.each([
    [{}, { type: 'manual' }],
    [{ hourly: true }, { type: 'hourly', minute: 0, timezone: ZONE }],
    [{ hourly: '15' }, { type: 'hourly', minute: 15, timezone: ZONE }],
    [{ every12Hours: '06:30' }, { type: 'every_12_hours', time: '06:30', timezone: ZONE }],
    [
      { daily: '06:30', timezone: 'Asia/Tokyo' },
      { type: 'daily', time: '06:30', timezone: 'Asia/Tokyo' },
    ],
    [
      { weekly: 'Monday, thu,mon@06:30' },
      { type: 'weekly', days: ['mon', 'thu'], time: '06:30', timezone: ZONE },
    ],
    [{ cron: '30 6 * * 1-5' }, { type: 'cron', expression: '30 6 * * 1-5', timezone: ZONE }],
    [{ after: 'Marketing' }, { type: 'after', source: 'Marketing' }],
  ] as const)('%j give %j', (options, trigger) => {
    expect(readTrigger(options, ZONE)).toEqual(trigger);
  });

  it.each([
    [{ daily: '06:30', hourly: true }, '--hourly and --daily cannot go together'],
    [{ daily: '6:30' }, '--daily is not a time of day; write it as HH:MM'],
    [{ hourly: '60' }, '--hourly'],
    [{ hourly: 'x' }, '--hourly takes a minute'],
    [{ weekly: 'mon' }, '--weekly takes days and a time'],
    [{ weekly: 'someday@06:30' }, '--weekly'],
    [{ timezone: ZONE }, 'no time is given'],
    [{ after: 'Marketing', timezone: ZONE }, 'no time is given'],
    [{ daily: '06:30', timezone: 'Berlin' }, '--timezone is not a time zone'],
  ] as const)('%j are refused', (options, message) => {
    const read = () => readTrigger(options, ZONE);
    expect(read).toThrow(message);
    expect(read).toThrow(expect.objectContaining({ code: 'usage' }));
  });
});
