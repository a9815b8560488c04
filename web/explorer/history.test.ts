import { beforeEach, describe, expect, it } from 'vitest';
import { type HistoryItem, readHistory, remembered, writeHistory } from './history.ts';

function ran(query: string, rows: number | null = 1): HistoryItem {
  return { query, at: '2026-01-02T03:04:05Z', rows, durationMs: 7 };
}

describe('the history of queries', () => {
  beforeEach(() => localStorage.clear());

  it('has the newest first, and the same query once', () => {
    const items = [ran('a'), ran('b'), ran('a', null)].reduce<HistoryItem[]>(remembered, []);
    expect(items).toEqual([ran('a', null), ran('b')]);
  });

  it('keeps 50', () => {
    const many = Array.from({ length: 60 }, (_, n) => ran(`SELECT ${n}`));
    const items = many.reduce<HistoryItem[]>(remembered, []);
    expect(items).toHaveLength(50);
    expect(items[0]?.query).toBe('SELECT 59');
  });

  it('belongs to one person', () => {
    writeHistory(localStorage, 'ada', [ran('a')]);
    expect(readHistory(localStorage, 'ada')).toEqual([ran('a')]);
    expect(readHistory(localStorage, 'vera')).toEqual([]);
  });

  it.each(['', 'no JSON', '{}', 'null'])('reads nothing of %j', (kept) => {
    localStorage.setItem('chartlift.explorer.history.ada', kept);
    expect(readHistory(localStorage, 'ada')).toEqual([]);
  });

  it('leaves out what it cannot make sense of', () => {
    localStorage.setItem(
      'chartlift.explorer.history.ada',
      JSON.stringify([null, 1, { query: 'a' }, { ...ran('b'), rows: 'many' }, ran('c')]),
    );
    expect(readHistory(localStorage, 'ada')).toEqual([ran('c')]);
  });
});
