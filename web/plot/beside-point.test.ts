import { expect, it } from 'vitest';
import { besidePoint } from './beside-point.ts';

const view = [700, 320] as const;
const size = [200, 100] as const;

it('stands to the right of its point, in the middle of its height', () => {
  expect(besidePoint([100, 160], size, view)).toEqual([118, 110]);
});

it('stands to the left where the right has no room', () => {
  expect(besidePoint([600, 160], size, view)).toEqual([382, 110]);
});

it('keeps clear of bars', () => {
  expect(besidePoint([100, 160], size, view, 30)).toEqual([148, 110]);
  expect(besidePoint([600, 160], size, view, 30)).toEqual([352, 110]);
});

it('stays in the drawing', () => {
  expect(besidePoint([100, 10], size, view)).toEqual([118, 0]);
  expect(besidePoint([100, 318], size, view)).toEqual([118, 220]);
  expect(besidePoint([100, 160], size, [250, 320])).toEqual([50, 110]);
});
