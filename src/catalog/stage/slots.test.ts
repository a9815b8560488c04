import { expect, it } from 'vitest';
import { Slots } from './slots.ts';

it('lets no more go on at once than there are slots, in their order', async () => {
  const slots = new Slots(2);
  const started: number[] = [];
  let atOnce = 0;
  let most = 0;
  const work = (index: number) =>
    slots.run(async () => {
      started.push(index);
      atOnce += 1;
      most = Math.max(most, atOnce);
      await new Promise((resolve) => setTimeout(resolve, index % 3));
      atOnce -= 1;
      if (index === 1) throw new Error('one fails');
      return index;
    });
  const results = await Promise.allSettled([0, 1, 2, 3, 4, 5].map(work));
  expect(most).toBe(2);
  expect(started).toEqual([0, 1, 2, 3, 4, 5]);
  expect(results.map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
    'fulfilled',
    'fulfilled',
    'fulfilled',
  ]);
});
