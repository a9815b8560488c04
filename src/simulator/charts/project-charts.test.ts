import { expect, test } from 'vitest';
import { listCharts } from './listed-charts.ts';
import { chartExists, findChart } from './project-charts.ts';

test('ids look like those of Amplitude, and none is given twice', () => {
  const ids = listCharts().map((chart) => chart.id);
  // Seen: 7 or 8 characters, one with a dash (reference §7).
  expect(ids.filter((id) => !/^(?:e-)?[a-z0-9]{7,8}$/.test(id))).toEqual([]);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toContain('e-t5zq8kd');
});

test('titles tell the charts apart', () => {
  const titles = listCharts().map((chart) => chart.title);
  expect(new Set(titles).size).toBe(titles.length);
});

test('a chart belongs to its project, a sized one to whoever asks', () => {
  expect(findChart('t9l2abx4', 'shop')?.owner).toBe('labs');
  expect(findChart('bench-10x5-1', 'labs')?.owner).toBe('labs');
});

test.each(['bench-0x5-1', 'bench-10x5', 'bench-10x5-', 'bench-1e3x5-1', 'bench', 'gone1234', '*'])(
  'there is no chart %s',
  (id) => {
    expect(chartExists(id)).toBe(false);
  },
);
