import { describe, expect, it } from 'vitest';
import { chartsOf, NOT_CHECKED, seeCheck } from './key-checks.ts';

const check = (stream: string | null, ok: boolean) => ({
  name: 'check',
  data: { stream, ok, error: ok ? null : { code: 'x', message: 'No.', help: 'Mend it.' } },
});

describe('seeCheck', () => {
  it('counts charts, not the keys themselves', () => {
    const state = [check(null, true), check('chart_a', true), check('chart_b', false)].reduce(
      seeCheck,
      NOT_CHECKED,
    );
    expect(chartsOf(state)).toEqual({ good: 1, all: 2 });
    expect(state.end).toBeNull();
  });

  it('takes a check that comes twice once, and knows the end', () => {
    const state = [
      check('chart_a', true),
      check('chart_a', true),
      { name: 'ended', data: { status: 'ready' } },
    ].reduce(seeCheck, NOT_CHECKED);
    expect(state).toMatchObject({ checks: [{ stream: 'chart_a' }], end: 'ready' });
  });
});
