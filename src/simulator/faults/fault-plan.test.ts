import { expect, test } from 'vitest';
import { createFaultPlan, EVERY_CHART } from './fault-plan.ts';

test('a fault without times stays, one with times ends', () => {
  const plan = createFaultPlan();
  plan.set('a', { kind: 'hang' });
  plan.set('b', { kind: 'html', times: 2 });
  expect(['a', 'a', 'a'].map((id) => plan.take(id)?.kind)).toEqual(['hang', 'hang', 'hang']);
  expect(['b', 'b', 'b'].map((id) => plan.take(id)?.kind)).toEqual(['html', 'html', undefined]);
});

test("a chart's own fault comes before the one of every chart", () => {
  const plan = createFaultPlan();
  plan.set(EVERY_CHART, { kind: 'hang' });
  plan.set('a', { kind: 'html', times: 1 });
  expect([plan.take('a')?.kind, plan.take('a')?.kind]).toEqual(['html', 'hang']);
});

test('null ends a fault', () => {
  const plan = createFaultPlan();
  plan.set('a', { kind: 'hang' });
  plan.set('a', null);
  expect(plan.take('a')).toBeNull();
});
