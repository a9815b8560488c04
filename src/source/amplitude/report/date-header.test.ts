import { describe, expect, it } from 'vitest';
import { readsAsDate, withoutMidnight } from './date-header.ts';

describe('a header that reads as a date', () => {
  it.each([
    '2026-06-01',
    '2026-12-31',
    '2026-06',
    '2025-06-02T00:00:00',
    '2025-06-02T13:30',
    '2025-06-02 13:00',
    '2025-06-02T00:00:00.000Z',
    '2025-06-02T00:00:00+02:00',
    '2025-06-02T00:00:00-0300',
    'Jan 07',
    'Sep 02, 2024',
    'September 2, 2024',
    'Sun, Apr 16',
    'Sunday, Apr 16, 2023',
    'May 2024',
    'Q3 2024',
    '2024 Q3',
    '2024-Q1',
  ])('%s', (header) => {
    expect(readsAsDate(header)).toBe(true);
  });
});

describe('a header that does not', () => {
  it.each([
    '',
    '2024',
    'Segment',
    'Dormant 2023-08-01',
    '2023-08-01 Dormant',
    '2026-13-01',
    '2026-00-01',
    '2026-06-32',
    '2026-06-00',
    '2026-6-1',
    '2026-06-01T',
    '2026-06-01T1:00',
    'Day 0',
    '1 day',
    'Mayor 12x',
    'Jan',
    'Jan 123',
    'Q5 2024',
    '2024 Q5',
    'X Q3 2024',
    'Users, Apr 16',
  ])('%j', (header) => {
    expect(readsAsDate(header)).toBe(false);
  });
});

describe('midnight', () => {
  it('is dropped where every date header is at midnight', () => {
    expect(withoutMidnight(['2025-06-02T00:00:00', '2025-06-09T00:00:00.000'])).toEqual([
      '2025-06-02',
      '2025-06-09',
    ]);
  });

  it('is dropped beside dates without a time and headers that are no dates', () => {
    expect(withoutMidnight(['2025-06-02T00:00:00', '2025-06-09', 'Sum', 'at T00:00:00'])).toEqual([
      '2025-06-02',
      '2025-06-09',
      'Sum',
      'at T00:00:00',
    ]);
  });

  it('stays where another header has an hour', () => {
    const hours = ['2025-06-02T00:00:00', '2025-06-02T01:00:00', 'Sum'];
    expect(withoutMidnight(hours)).toEqual(hours);
  });

  it('stays where it is spelt with a zone, since that is another instant', () => {
    const zoned = ['2025-06-02T00:00:00+02:00'];
    expect(withoutMidnight(zoned)).toEqual(zoned);
  });
});
