import { describe, expect, test } from 'vitest';
import { runTimes } from './run-times.ts';
import { matchesZone, timeZones, zoneOffset } from './time-zones.ts';

const winter = '2026-01-31T05:30:00.000Z';

describe('times of coming runs', () => {
  test('are told in the zone of the trigger', () => {
    expect(runTimes([winter], 'Europe/Berlin', 'Europe/Berlin', 'en-GB')).toEqual([
      { at: winter, there: 'Sat 31 Jan, 06:30', here: null },
    ]);
  });

  test('and in that of the reader, if it has another time', () => {
    const [run] = runTimes([winter], 'Asia/Tokyo', 'Europe/Berlin', 'en-GB');
    expect(run).toMatchObject({ there: 'Sat 31 Jan, 14:30', here: 'Sat 31 Jan, 06:30' });
    const [same] = runTimes([winter], 'Europe/Paris', 'Europe/Berlin', 'en-GB');
    expect(same?.here).toBeNull();
  });
});

describe('time zones', () => {
  test('begin with the own one and the chosen one, each once, UTC among them', () => {
    const zones = timeZones('Europe/Berlin', 'UTC');
    expect(zones.slice(0, 2)).toEqual(['Europe/Berlin', 'UTC']);
    expect(new Set(zones).size).toBe(zones.length);
    expect(zones).toContain('America/New_York');
  });

  test('are found as people write them', () => {
    expect(matchesZone('America/New_York', 'new york')).toBe(true);
    expect(matchesZone('America/New_York', 'new_y')).toBe(true);
    expect(matchesZone('America/New_York', 'york new')).toBe(false);
  });

  test('tell how far they are from UTC', () => {
    expect(zoneOffset('Europe/Berlin', Date.parse(winter))).toBe('GMT+1');
    expect(zoneOffset('Europe/Berlin', Date.parse('2026-07-01T00:00:00Z'))).toBe('GMT+2');
  });
});
