import { describe, expect, it } from 'vitest';
import { addCharts } from './add-charts.ts';

describe('charts that are pasted', () => {
  it('are added after those that are there, whatever stands between them', () => {
    const text =
      'abc123, https://analytics.amplitude.com/org/chart/def456\n"ghi789"; https://analytics.amplitude.com/o/workspace/p/analyze/chart?id=xyz789';
    expect(addCharts(['first1'], text)).toEqual({
      ids: ['first1', 'abc123', 'def456', 'ghi789', 'xyz789'],
      added: ['abc123', 'def456', 'ghi789', 'xyz789'],
      repeated: [],
      problems: [],
      words: '',
    });
  });

  it('are told when the list has them already', () => {
    expect(addCharts(['abc123'], 'abc123 def456')).toMatchObject({
      ids: ['abc123', 'def456'],
      repeated: ['abc123'],
    });
  });

  it('are explained where they name no chart', () => {
    const { ids, problems } = addCharts(
      [],
      'new https://app.amplitude.com/analytics/org/dashboard/dash123 abc123',
    );
    expect(ids).toEqual(['abc123']);
    expect(problems.map(({ reason }) => reason)).toEqual([
      expect.stringContaining('not been saved'),
      expect.stringContaining('dashboard'),
    ]);
    expect(problems.every(({ hint }) => hint.length > 20)).toBe(true);
  });

  it('are found among words, which are set aside and told', () => {
    const text =
      'Weekly active shoppers w5k8zn1d, https://app.amplitude.com/analytics/shop/chart/m9r4yj6f and again w5k8zn1d';
    const { ids, repeated, problems, words } = addCharts([], text);
    expect(ids).toEqual(['w5k8zn1d', 'm9r4yj6f']);
    expect(repeated).toEqual([]);
    expect(problems).toEqual([]);
    expect(words).toBe('Weekly active shoppers and again');
  });

  it.each(['abcdefgh', 'abcdefgh abc123 qrstuvw', 'Weekly', 'active shoppers'])(
    'may be of letters alone where nothing else speaks for words: %s',
    (text) => {
      expect(addCharts([], text)).toMatchObject({ ids: text.split(' '), words: '' });
    },
  );

  it('of a thousand ids take no time that one notices', () => {
    const text = Array.from({ length: 1_000 }, (_, at) => `chart${at}`).join('\n');
    const started = performance.now();
    expect(addCharts([], text).added).toHaveLength(1_000);
    expect(performance.now() - started).toBeLessThan(200);
  });
});
