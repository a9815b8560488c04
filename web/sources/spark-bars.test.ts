import { describe, expect, it } from 'vitest';
import { durationOf, LOWEST, sparkBars } from './spark-bars.ts';

const run = (id: string, seconds: number | null) => ({
  id,
  status: seconds === null ? ('running' as const) : ('success' as const),
  started_at: '2026-01-01T00:00:00.000Z',
  ended_at: seconds === null ? null : new Date(Date.UTC(2026, 0, 1) + seconds * 1000).toISOString(),
});

describe('sparkBars', () => {
  it('begins with the oldest, and gives the longest the whole height', () => {
    const bars = sparkBars([run('new', 100), run('old', 25)]);
    expect(bars.map((bar) => bar.run.id)).toEqual(['old', 'new']);
    expect(bars.map(({ height }) => height)).toEqual([LOWEST + (1 - LOWEST) / 2, 1]);
  });

  it('draws a run that goes on, or took no time, as the lowest bar', () => {
    expect(sparkBars([run('a', null)])[0]).toMatchObject({ duration: null, height: LOWEST });
    expect(sparkBars([run('a', 0)])[0]?.height).toBe(LOWEST);
  });

  it('draws nothing of nothing', () => {
    expect(sparkBars([])).toEqual([]);
  });
});

describe('durationOf', () => {
  it('is never negative, even if a clock was set back', () => {
    expect(
      durationOf({ started_at: '2026-01-02T00:00:00Z', ended_at: '2026-01-01T00:00:00Z' }),
    ).toBe(0);
  });
});
