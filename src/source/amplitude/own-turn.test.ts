import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { ownTurn } from './own-turn.ts';

it('work that takes a while has a turn of the event loop of its own each', async () => {
  const order: string[] = [];
  const work = ['first', 'second', 'third'].map(async (name) => {
    await ownTurn();
    order.push(name);
  });
  for (let turn = 1; turn <= 3; turn += 1) {
    await nextTurn();
    order.push(`turn ${turn}`);
  }
  await Promise.all(work);
  expect(order).toEqual(['first', 'turn 1', 'second', 'turn 2', 'third', 'turn 3']);
});
