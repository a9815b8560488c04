import { expect, it } from 'vitest';
import { sharedNext } from './shared-next.ts';

/** Work that ends when the test says so. */
function heldWork() {
  const begun: { readonly key: string; end(): void; fail(error: Error): void }[] = [];
  const ask = sharedNext(
    (key) =>
      new Promise((resolve, reject) => {
        begun.push({ key, end: resolve, fail: reject });
      }),
  );
  /** The work that was begun as number `at`, once it has. */
  const turn = (at: number) => expect.poll(() => begun.length).toBeGreaterThan(at);
  return { ask, begun, turn };
}

it('serves all who asked before it began, and begins again for those who asked later', async () => {
  const { ask, begun, turn } = heldWork();
  const first = [ask('a'), ask('a')];
  await turn(0);
  const second = [ask('a'), ask('a'), ask('a')];
  expect(begun).toHaveLength(1);
  begun[0]?.end();
  await Promise.all(first);
  await turn(1);
  const third = ask('a');
  begun[1]?.end();
  await Promise.all(second);
  await turn(2);
  begun[2]?.end();
  await third;
  expect(begun).toHaveLength(3);
  const fourth = ask('a');
  await turn(3);
  begun[3]?.end();
  await fourth;
});

it('does not wait for other keys', async () => {
  const { ask, begun, turn } = heldWork();
  const asked = [ask('a'), ask('b')];
  await turn(1);
  expect(begun.map(({ key }) => key)).toEqual(['a', 'b']);
  for (const { end } of begun) end();
  await Promise.all(asked);
});

it('gives its error to those it was to serve, and to nobody else', async () => {
  const { ask, begun, turn } = heldWork();
  const failing = [ask('a'), ask('a')];
  await turn(0);
  const next = ask('a');
  begun[0]?.fail(new Error('no room'));
  for (const asked of failing) await expect(asked).rejects.toThrow('no room');
  await turn(1);
  begun[1]?.end();
  await next;
});
