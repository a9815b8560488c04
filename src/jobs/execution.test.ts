import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { systemClock } from '../clock.ts';
import { ChartliftError } from '../errors.ts';
import type { RunRecord } from '../state/run-record.ts';
import { Execution, type RunHandler, type RunOutcome } from './execution.ts';

const RUN: RunRecord = {
  id: 'run_1',
  sourceId: 'src_1',
  status: 'running',
  cause: 'manual',
  startedBy: { type: 'system', id: 'test', name: 'Test' },
  retryOf: null,
  streams: null,
  scheduledFor: null,
  queuedAt: '2026-01-01T00:00:00.000Z',
  startedAt: '2026-01-01T00:00:00.000Z',
  endedAt: null,
  attempt: 1,
  error: null,
};

const SUCCESS: RunOutcome = { status: 'success', error: null };

function execution(handler: RunHandler, graceMs = 30) {
  const onLate = vi.fn();
  const onWay = vi.fn();
  const options = { clock: systemClock, handler, graceMs, onLate, onWay };
  return { onLate, onWay, it: new Execution(RUN, options) };
}

/** Ends when it is told to. */
const obedient: RunHandler = (_, { signal }) =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  });

describe('the work on a run', () => {
  it('ends with what the handler says', async () => {
    const handler = vi.fn<RunHandler>(async () => SUCCESS);
    await expect(execution(handler).it.perform(0)).resolves.toEqual({
      type: 'outcome',
      outcome: SUCCESS,
    });
    expect(handler).toHaveBeenCalledWith(RUN, {
      signal: expect.any(AbortSignal),
      deadline: Number.POSITIVE_INFINITY,
      makeWay: expect.any(Function),
    });
  });

  it('makes way for another when its handler says so, once', async () => {
    const { onWay, it } = execution(async (_, { makeWay }) => {
      makeWay();
      makeWay();
      return SUCCESS;
    });
    expect(it.makesWay).toBe(false);
    await it.perform(0);
    expect(it.makesWay).toBe(true);
    expect(onWay).toHaveBeenCalledTimes(1);
  });

  it.each<[string, RunHandler]>([
    ['rejects', () => Promise.reject(new TypeError('oh'))],
    [
      'throws',
      () => {
        throw new TypeError('oh');
      },
    ],
  ])('ends with the error of a handler that %s', async (_, handler) => {
    const ending = await execution(handler).it.perform(0);
    expect(ending).toMatchObject({ type: 'error', error: { code: 'internal' } });
  });

  it('has a deadline, and is cut off at it', async () => {
    let deadline = 0;
    const before = Date.now();
    const { it: work } = execution((run, context) => {
      deadline = context.deadline;
      return obedient(run, context);
    });
    await expect(work.perform(20)).resolves.toEqual({ type: 'cut', cut: 'time_limit' });
    expect(deadline - before).toBeGreaterThanOrEqual(20);
    expect(Date.now() - before).toBeLessThan(1_000);
  });

  it('may take longer than a timer can', async () => {
    const { it: work } = execution(async () => {
      await delay(20);
      return SUCCESS;
    });
    await expect(work.perform(1e12)).resolves.toMatchObject({ type: 'outcome' });
  });
});

describe('cutting it off', () => {
  it.each([
    ['canceled', 'run_canceled'],
    ['time_limit', 'run_time_limit'],
    ['interrupted', 'interrupted'],
    ['lease_lost', 'interrupted'],
  ] as const)('as %s tells the handler %s', async (cut, code) => {
    const told = vi.fn();
    const { it: work } = execution((run, context) => {
      context.signal.addEventListener('abort', () => told(context.signal.reason));
      return obedient(run, context);
    });
    const ending = work.perform(0);
    work.cut(cut);
    await expect(ending).resolves.toEqual({ type: 'cut', cut });
    const [[reason] = []] = told.mock.calls;
    expect(reason).toBeInstanceOf(ChartliftError);
    expect(reason).toMatchObject({ code });
  });

  it('counts once', async () => {
    const { it: work } = execution(obedient);
    const ending = work.perform(0);
    work.cut('canceled');
    work.cut('interrupted');
    await expect(ending).resolves.toEqual({ type: 'cut', cut: 'canceled' });
  });

  it('before it begins keeps the handler from being called', async () => {
    const handler = vi.fn(obedient);
    const { it: work } = execution(handler);
    work.cut('canceled');
    await expect(work.perform(0)).resolves.toEqual({ type: 'cut', cut: 'canceled' });
    expect(handler).not.toHaveBeenCalled();
  });

  it('leaves the outcome of a handler that had ended all the same', async () => {
    const { it: work } = execution(async () => {
      await delay(10);
      return SUCCESS;
    });
    const ending = work.perform(0);
    work.cut('canceled');
    await expect(ending).resolves.toEqual({ type: 'outcome', outcome: SUCCESS });
  });

  it.each<[string, () => Promise<RunOutcome>]>([
    ['says', async () => SUCCESS],
    ['throws', () => Promise.reject(new Error('late'))],
  ])('gives up a handler that does not listen, and what it %s later', async (_, answer) => {
    const { it: work, onLate } = execution(async () => {
      await delay(80);
      return answer();
    });
    const ending = work.perform(0);
    work.cut('canceled');
    await expect(ending).resolves.toEqual({ type: 'cut', cut: 'canceled' });
    expect(onLate).not.toHaveBeenCalled();
    await vi.waitFor(() => expect(onLate).toHaveBeenCalledTimes(1));
  });

  it('after the end does nothing', async () => {
    const { it: work } = execution(async () => SUCCESS);
    await work.perform(0);
    work.cut('canceled');
    await delay(40);
  });
});
