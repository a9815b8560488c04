import type { ServerResponse } from 'node:http';
import { expect, it, vi } from 'vitest';
import { answerReport, fakeAmplitude, listening } from './fake-amplitude.ts';

it('a run of two charts does not wait for the 40 of another run with the same key', async () => {
  const order: string[] = [];
  const held: ServerResponse[] = [];
  let isOpen = false;
  const amplitude = await fakeAmplitude((response, _, request) => {
    order.push(/\/chart\/(\w+)/.exec(request.url ?? '')?.[1] ?? '');
    if (isOpen) answerReport(response);
    else held.push(response);
  });
  async function fetchAll(ids: readonly string[]): Promise<void> {
    const client = amplitude.client();
    const reports = await Promise.all(ids.map((id) => client.fetchReport(id, listening())));
    await Promise.all(reports.map((report) => report.dispose()));
  }
  const names = Array.from({ length: 40 }, (_, n) => `large${n}`);
  const large = fetchAll(names);
  await vi.waitFor(() => expect(held).toHaveLength(5));
  const small = fetchAll(['small0', 'small1']);
  isOpen = true;
  for (const response of held) answerReport(response);
  await Promise.all([large, small]);
  // Five were under way; from there on the two take turns. Five at once may arrive in any order.
  expect(order.indexOf('small0')).toBeLessThan(5 + 2 + 5);
  expect(order.indexOf('small1')).toBeLessThan(5 + 4 + 5);
  expect(order.toSorted()).toEqual([...names, 'small0', 'small1'].toSorted());
  expect(amplitude.atOnce).toBe(5);
});
