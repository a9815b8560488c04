import { describe, expect, it } from 'vitest';
import { planLogCleanup, planVacuum } from './vacuum-plan.ts';

const DAY = 24 * 60 * 60 * 1000;
const now = 100 * DAY;

const at = (day: number, version: number, ...files: string[]) => ({
  version,
  committedAt: day * DAY,
  files,
});
const file = (path: string, day: number) => ({ path, modifiedAt: day * DAY, size: 1 });
const versions = [at(10, 0, 'a'), at(60, 1, 'b'), at(80, 2, 'c', 'd')];
const files = [file('a', 10), file('b', 60), file('c', 80), file('d', 80)];

describe('vacuum', () => {
  const removed = (retainDays: number) =>
    planVacuum(versions, files, now, retainDays * DAY).map(({ path }) => path);

  it('removes files of versions that were replaced before the retention', () => {
    expect(removed(30)).toEqual(['a']);
    expect(removed(50)).toEqual([]);
    expect(removed(15)).toEqual(['a', 'b']);
  });

  it('keeps the latest version, even when nothing is to be retained', () => {
    expect(removed(0)).toEqual(['a', 'b']);
  });

  it('keeps a file that an older and a newer version share', () => {
    const shared = [at(10, 0, 'a', 'x'), at(20, 1, 'x')];
    const found = [file('a', 10), file('x', 10)];
    expect(planVacuum(shared, found, now, 0).map(({ path }) => path)).toEqual(['a']);
  });

  it('removes files that no version knows when they are old, and never before a day', () => {
    const strangers = [file('old', 50), file('young', 99.5)];
    const gone = (retainDays: number) =>
      planVacuum(versions, strangers, now, retainDays * DAY).map(({ path }) => path);
    expect(gone(30)).toEqual(['old']);
    expect(gone(0)).toEqual(['old']);
    expect(gone(60)).toEqual([]);
  });
});

describe('cleaning a log', () => {
  const commits = Array.from({ length: 31 }, (_, version) => ({
    version,
    committedAt: (60 + version) * DAY,
  }));

  it('goes up to the newest checkpoint that the oldest retained version needs', () => {
    expect(planLogCleanup(commits, [10, 20, 30], now, 15 * DAY)).toBe(20);
    expect(planLogCleanup(commits, [10, 20, 30], now, 30 * DAY)).toBe(10);
    expect(planLogCleanup(commits, [10, 20, 30], now, 0)).toBe(30);
  });

  it('does nothing without a checkpoint, or while everything is retained', () => {
    expect(planLogCleanup(commits, [], now, 0)).toBe(null);
    expect(planLogCleanup(commits, [10], now, 31 * DAY)).toBe(null);
    expect(planLogCleanup(commits, [10], now, 90 * DAY)).toBe(null);
  });
});
