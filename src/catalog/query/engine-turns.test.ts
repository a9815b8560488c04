import { expect, it } from 'vitest';
import { inTurn } from './engine-turns.ts';

/** Work that goes on until it is let go. */
function held() {
  const { promise, resolve } = Promise.withResolvers<string>();
  let begun = false;
  const work = () => {
    begun = true;
    return promise;
  };
  return { work, done: () => resolve('done'), hasBegun: () => begun };
}

const soon = () => new Promise((resolve) => setTimeout(resolve, 5));

it('is done two at once, in order', async () => {
  const works = Array.from({ length: 4 }, held);
  const results = works.map(({ work }) => inTurn(work));
  await soon();
  expect(works.map(({ hasBegun }) => hasBegun())).toEqual([true, true, false, false]);
  works[1]?.done();
  await soon();
  expect(works.map(({ hasBegun }) => hasBegun())).toEqual([true, true, true, false]);
  for (const { done } of works) done();
  expect(await Promise.all(results)).toEqual(['done', 'done', 'done', 'done']);
});

it('passes over who has gone, and goes on after a failure', async () => {
  const first = [held(), held()];
  const running = first.map(({ work }) => inTurn(work));
  const gone = new AbortController();
  const left = inTurn(async () => 'never', gone.signal);
  const failing = inTurn(async () => Promise.reject(new Error('failed')));
  const last = inTurn(async () => 'last');
  gone.abort(new Error('gone'));
  await expect(left).rejects.toThrow('gone');
  for (const { done } of first) done();
  await expect(failing).rejects.toThrow('failed');
  expect(await last).toBe('last');
  await Promise.all(running);
  await expect(inTurn(async () => 'never', AbortSignal.abort(new Error('late')))).resolves.toBe(
    'never',
  );
});
