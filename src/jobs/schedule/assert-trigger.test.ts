import { describe, expect, it } from 'vitest';
import { ChartliftError } from '../../errors.ts';
import { assertTrigger } from './assert-trigger.ts';

function refusalOf(expression: string): ChartliftError | null {
  try {
    assertTrigger({ type: 'cron', expression, timezone: 'Europe/Berlin' });
    return null;
  } catch (error) {
    if (error instanceof ChartliftError) return error;
    throw error;
  }
}

describe('a cron expression that is fine', () => {
  it.each([
    '* * * * *',
    '  30 6  * * MON-FRI ',
    '*/15 8-18 * * mon,wed',
    '0 0 29 2 *',
    '0 0 L * *',
    '0 0 * * FRI#2',
    '0 0 ? JAN-MAR 7',
    // One of the two days is enough, and there are Mondays in February.
    '0 0 30 2 MON',
    '0 0 * 2 MON#5',
  ])('%s', (expression) => {
    expect(refusalOf(expression)).toBeNull();
  });
});

describe('a cron expression is refused', () => {
  it.each([
    ['', /has 0 fields/],
    ['daily', /has 1 field instead of five/],
    ['0 30 6 * * *', /six|6 fields instead of five; seconds are not offered/],
    ['@daily', /has 1 field/],
    ['60 * * * *', /the minute, "60", is not understood: it takes 0 to 59/],
    ['0 24 * * *', /the hour, "24"/],
    ['0 0 0 * *', /the day of the month, "0"/],
    ['0 0 * foo *', /the month, "foo"/],
    ['0 0 * * 8', /the day of the week, "8"/],
    ['0 0 * * MON#6', /the day of the week, "MON#6"/],
    ['0 L * * *', /the hour, "L"/],
    ['0 0 1 * +MON', /the day of the week, "\+MON"/],
    ['1,,2 * * * *', /the minute, "1,,2"/],
    ['*/0 * * * *', /the minute/],
    ['0 22-2 * * *', /the hour, "22-2"/],
    ['0 0 30 2 *', /no day is ever like that/],
    ['0 0 31 4,6,9,11 *', /no day is ever like that/],
  ])('%s', (expression, message) => {
    const refusal = refusalOf(expression);
    expect(refusal?.code).toBe('fields_invalid');
    expect(refusal?.issues).toEqual([
      { path: ['trigger', 'expression'], message: expect.stringMatching(message) },
    ]);
  });

  it('with the place of the wrong field', () => {
    expect(refusalOf('0 0  32 * *')?.place).toEqual({ line: 1, column: 6 });
  });

  it('quickly, whatever it holds', () => {
    const before = performance.now();
    for (const part of ['1,'.repeat(90), '1-'.repeat(90), '*/'.repeat(90), 'L'.repeat(190)]) {
      expect(refusalOf(`${part} * * * *`)).not.toBeNull();
    }
    expect(performance.now() - before).toBeLessThan(500);
  });
});

describe('other triggers', () => {
  it('are fine as their schema lets them through', () => {
    assertTrigger({ type: 'manual' });
    assertTrigger({ type: 'daily', time: '06:30', timezone: 'UTC' });
  });
});
