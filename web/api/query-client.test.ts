import { MutationObserver, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { NetworkFailure } from './problem-error.ts';
import { queryClient } from './query-client.ts';

/** Whether the service answers who asks only that. */
let isThere = true;

beforeEach(() => {
  isThere = false;
  vi.useFakeTimers();
  vi.stubGlobal('fetch', async () => {
    if (!isThere) throw new TypeError('gone');
    return Response.json({});
  });
});

afterEach(() => {
  queryClient.clear();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('asks again for what is shown, once there are answers, when that of a change was lost', async () => {
  let asked = 0;
  const layers = new QueryObserver(queryClient, {
    queryKey: ['layers'],
    queryFn: async () => {
      asked += 1;
      return asked;
    },
  });
  const leave = layers.subscribe(() => undefined);
  const change = new MutationObserver(queryClient, {
    mutationFn: async () => {
      throw new NetworkFailure(new TypeError('gone'));
    },
  });
  await vi.advanceTimersByTimeAsync(100);
  await expect(change.mutate()).rejects.toThrow(NetworkFailure);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(asked).toBe(1);
  isThere = true;
  await vi.advanceTimersByTimeAsync(15_000);
  expect(asked).toBe(2);
  leave();
});
