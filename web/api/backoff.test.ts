import { describe, expect, it } from 'vitest';
import { backoffMs, pause } from './backoff.ts';

describe('backoffMs', () => {
  it('doubles with each failure, up to a quarter of a minute', () => {
    expect([0, 1, 2, 3, 4, 5, 60].map(backoffMs)).toEqual([
      1_000, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000,
    ]);
  });
});

describe('pause', () => {
  const FOREVER_MS = 2 ** 31 - 1;

  it('ends as soon as the browser is online again', async () => {
    const waited = pause(FOREVER_MS, new AbortController().signal);
    window.dispatchEvent(new Event('online'));
    await expect(waited).resolves.toBeUndefined();
  });

  it('ends with whoever waits', async () => {
    const gone = new AbortController();
    const waited = pause(FOREVER_MS, gone.signal);
    gone.abort();
    await expect(waited).resolves.toBeUndefined();
  });
});
