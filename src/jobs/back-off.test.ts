import { describe, expect, it, vi } from 'vitest';
import type { Clock } from '../clock.ts';
import { createLogger } from '../logger.ts';
import { waitAfter, withBackOff } from './back-off.ts';

const logger = createLogger({ level: 'silent' });

function options() {
  const waits: number[] = [];
  const clock: Clock = { now: () => 0, sleep: async (ms) => void waits.push(ms) };
  const abort = new AbortController();
  return { waits, abort, clock, logger, signal: abort.signal, what: 'do it' };
}

describe('trying again', () => {
  it('goes on until it works, at longer and longer intervals', async () => {
    const task = vi.fn(async () => {
      if (task.mock.calls.length < 4) throw new Error('away');
      return 'done';
    });
    const { waits, ...rest } = options();
    await expect(withBackOff(task, rest)).resolves.toBe('done');
    expect(waits).toEqual([100, 200, 400]);
  });

  it('ends after so many tries', async () => {
    const task = vi.fn(() => Promise.reject(new Error('away')));
    await expect(withBackOff(task, { ...options(), tries: 3 })).rejects.toThrow('away');
    expect(task).toHaveBeenCalledTimes(3);
  });

  it('ends with the signal, but not before it has tried', async () => {
    const { abort, ...rest } = options();
    abort.abort();
    const task = vi.fn(() => Promise.reject(new Error('away')));
    await expect(withBackOff(task, rest)).rejects.toThrow('away');
    expect(task).toHaveBeenCalledTimes(1);
  });

  it('never waits longer than ten seconds', () => {
    expect([1, 2, 7, 8, 1e9].map(waitAfter)).toEqual([100, 200, 6_400, 10_000, 10_000]);
  });
});
