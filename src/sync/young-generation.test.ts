import { cachedDataVersionTag } from 'node:v8';
import { expect, it } from 'vitest';
import { withoutYoungGrowth } from './young-generation.ts';

it('holds as long as any work goes on, and leaves no trace', async () => {
  // The tag is a digest of V8's flags.
  const before = cachedDataVersionTag();
  const { promise, resolve } = Promise.withResolvers<void>();
  const first = withoutYoungGrowth(() => promise);
  const during = cachedDataVersionTag();
  expect(during).not.toBe(before);
  await expect(withoutYoungGrowth(() => Promise.reject(new Error('failed')))).rejects.toThrow();
  expect(cachedDataVersionTag()).toBe(during);
  resolve();
  await first;
  expect(cachedDataVersionTag()).toBe(before);
});
