import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { byteStream } from './byte-stream.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});

afterEach(() => {
  vi.useRealTimers();
});

/** Three pieces, and whether what they need was given back. */
function source() {
  let isOpen = true;
  async function* bytes(): AsyncGenerator<Uint8Array, void, undefined> {
    for (const piece of ['a', 'b', 'c']) yield Buffer.from(piece);
  }
  return {
    bytes: bytes(),
    close: async () => {
      isOpen = false;
    },
    isOpen: () => isOpen,
  };
}

it('is given up when nobody reads for two minutes', async () => {
  const given = source();
  const stream = await byteStream(given, new AbortController(), undefined);
  const reader = stream.getReader();
  await vi.advanceTimersByTimeAsync(119_000);
  expect(String(Buffer.from((await reader.read()).value ?? []))).toBe('a');
  await vi.advanceTimersByTimeAsync(119_000);
  expect(given.isOpen()).toBe(true);
  await vi.advanceTimersByTimeAsync(2_000);
  await expect(reader.read()).rejects.toMatchObject({ code: 'interrupted' });
  expect(given.isOpen()).toBe(false);
});

it('waits for nobody once it has ended', async () => {
  const given = source();
  const stream = await byteStream(given, new AbortController(), undefined);
  const pieces: Uint8Array[] = [];
  for await (const piece of stream) pieces.push(piece);
  expect(String(Buffer.concat(pieces))).toBe('abc');
  expect(given.isOpen()).toBe(false);
  expect(vi.getTimerCount()).toBe(0);
});
