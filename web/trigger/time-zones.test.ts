import { describe, expect, it } from 'vitest';
import { namedZone } from './time-zones.ts';

const zones = ['UTC', 'America/New_York', 'America/North_Dakota/New_Salem', 'Europe/Berlin'];

describe('a zone by what is typed', () => {
  it.each([
    ['utc', 'UTC'],
    ['new york', 'America/New_York'],
    ['Europe/Berlin', 'Europe/Berlin'],
    [' berl ', 'Europe/Berlin'],
  ])('takes %j for %s', (typed, zone) => {
    expect(namedZone(zones, typed)).toBe(zone);
  });

  it('takes the place of that name before longer ones', () => {
    expect(namedZone(['America/Louisville', 'America/Louisville_Park'], 'louisville')).toBe(
      'America/Louisville',
    );
  });

  it.each(['', 'new', 'nowhere', 'Europe/Berlinnew york'])('takes %j for none', (typed) => {
    expect(namedZone(zones, typed)).toBeNull();
  });
});
