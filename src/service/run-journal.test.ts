import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Clock } from '../clock.ts';
import type { RunRecording } from '../state/run-recording.ts';
import { RunJournal } from './run-journal.ts';

function recordingOf(runId: string, message: string): RunRecording {
  const at = '2026-01-01T00:00:00.000Z';
  const line = { at, level: 'info', type: 'started', stream: null, message, data: {} } as const;
  return { runId, lines: [line], results: [], titles: [] };
}

/** A journal whose clock and store go on when they are told to. */
function heldJournal() {
  const kept: string[][] = [];
  const sleeps: PromiseWithResolvers<void>[] = [];
  const writes: PromiseWithResolvers<void>[] = [];
  const clock: Clock = {
    now: () => 0,
    sleep(_ms, signal) {
      const sleep = Promise.withResolvers<void>();
      signal?.addEventListener('abort', () => sleep.reject(signal.reason));
      sleeps.push(sleep);
      return sleep.promise;
    },
  };
  const record = (recordings: readonly RunRecording[]) => {
    const messages = recordings.flatMap(({ lines }) => lines.map(({ message }) => message));
    kept.push(messages);
    const write = Promise.withResolvers<void>();
    writes.push(write);
    return write.promise;
  };
  return {
    journal: new RunJournal({ record }, clock),
    kept,
    sleeps,
    writes,
  };
}

describe('what happens in runs', () => {
  it('is written together, that of each run in its order', async () => {
    const { journal, kept, sleeps, writes } = heldJournal();
    const done = Promise.all([
      journal.keep(recordingOf('a', 'a1')),
      journal.keep(recordingOf('b', 'b1')),
      journal.keep(recordingOf('a', 'a2')),
    ]);
    await nextTurn();
    expect(kept).toEqual([]);
    sleeps[0]?.resolve();
    await nextTurn();
    expect(kept).toEqual([['a1', 'a2', 'b1']]);
    writes[0]?.resolve();
    await done;
  });

  it('is written at once where somebody waits for it', async () => {
    const { journal, kept, writes } = heldJournal();
    const done = journal.keep(recordingOf('a', 'a1'));
    journal.flush();
    await nextTurn();
    expect(kept).toEqual([['a1']]);
    writes[0]?.resolve();
    await done;
  });

  it('is written right after what is being written, where somebody waits for it', async () => {
    const { journal, kept, sleeps, writes } = heldJournal();
    const first = journal.keep(recordingOf('a', 'a1'));
    journal.flush();
    await nextTurn();
    const second = journal.keep(recordingOf('b', 'b1'));
    journal.flush();
    writes[0]?.resolve();
    await first;
    await nextTurn();
    expect(kept).toEqual([['a1'], ['b1']]);
    writes[1]?.resolve();
    await second;

    const third = journal.keep(recordingOf('b', 'b2'));
    await nextTurn();
    expect(kept).toHaveLength(2);
    sleeps.at(-1)?.resolve();
    await nextTurn();
    expect(kept).toHaveLength(3);
    writes[2]?.resolve();
    await third;
  });
});
