import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { patientFetch } from './patient-fetch.ts';
import { NetworkFailure } from './problem-error.ts';

/** How often somebody was asked whether the service still answers. */
let looks = 0;
/** Whether it does, or whatever stands before it. */
let isThere = true;
/** Gives the answer to what was asked. */
let answer: (response: Response) => void = () => undefined;

beforeEach(() => {
  looks = 0;
  isThere = true;
  vi.useFakeTimers();
  vi.stubGlobal('fetch', (input: string, { signal }: RequestInit) => {
    if (input === '/healthz') {
      looks += 1;
      // As a proxy answers that lets nobody else ask.
      return isThere
        ? Promise.resolve(new Response(null, { status: 404 }))
        : Promise.reject(new TypeError('gone'));
    }
    return new Promise<Response>((resolve, reject) => {
      answer = resolve;
      signal?.addEventListener('abort', () => reject(signal.reason));
    });
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('waits for an answer that takes long, as long as the service is there', async () => {
  const asked = patientFetch('/api/v1/sql');
  await vi.advanceTimersByTimeAsync(65_000);
  expect(looks).toBe(6);
  answer(Response.json({ rows: [] }));
  await expect((await asked).json()).resolves.toEqual({ rows: [] });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(looks).toBe(6);
});

it('gives an answer up that is lost, once nothing answers any more', async () => {
  const asked = patientFetch('/api/v1/sources');
  asked.catch(() => undefined);
  await vi.advanceTimersByTimeAsync(15_000);
  isThere = false;
  await vi.advanceTimersByTimeAsync(10_000);
  await expect(asked).rejects.toBeInstanceOf(NetworkFailure);
});

it('ends with the reason of whoever does not want to know any more', async () => {
  const gone = new AbortController();
  const asked = patientFetch('/api/v1/sources', { signal: gone.signal });
  gone.abort(new DOMException('The screen is gone.', 'AbortError'));
  await expect(asked).rejects.toThrow('The screen is gone.');
});
