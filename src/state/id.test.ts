import { describe, expect, it } from 'vitest';
import { newId } from './id.ts';

describe('newId', () => {
  it('is the prefix and 26 characters that people do not mistake', () => {
    expect(newId('src', Date.now())).toMatch(/^src_[0-9a-hjkmnp-tv-z]{26}$/);
  });

  it('sorts by time', () => {
    const times = [0, 1, 1_763_900_000_000, 1_763_900_000_001, 2 ** 48 - 1];
    const ids = times.map((now) => newId('run', now));
    expect(ids.toSorted()).toEqual(ids);
  });

  it('sorts in the order of making within a millisecond', () => {
    const ids = Array.from({ length: 1_000 }, () => newId('run', 1_763_900_000_000));
    expect(ids.toSorted()).toEqual(ids);
    expect(new Set(ids).size).toBe(1_000);
  });
});
