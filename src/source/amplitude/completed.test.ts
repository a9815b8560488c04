import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { completed } from './completed.ts';

/** Tasks that end when they are told to, and what became of them. */
function tasksOf(atOnce: number, enough: number) {
  const started: string[] = [];
  const abandoned: string[] = [];
  const ends = new Map<string, () => void>();
  let isStopped = false;
  const tasks = {
    atOnce,
    isEnough: (waiting: readonly string[]) => waiting.length >= enough,
    run(item: string) {
      started.push(item);
      return new Promise<string>((resolve) => ends.set(item, () => resolve(item)));
    },
    stop() {
      isStopped = true;
      for (const end of ends.values()) end();
    },
    async abandon(result: string) {
      abandoned.push(result);
    },
  };
  const end = (item: string) => ends.get(item)?.();
  return { tasks, started, abandoned, end, isStopped: () => isStopped };
}

describe('tasks', () => {
  it('are started so many at once, and give their results as they end', async () => {
    const { tasks, started, end } = tasksOf(2, 9);
    const results = completed(['a', 'b', 'c'], tasks);
    const first = results.next();
    expect(started).toEqual(['a', 'b']);
    end('b');
    expect(await first).toEqual({ value: 'b', done: false });
    expect(started).toEqual(['a', 'b', 'c']);
    const second = results.next();
    end('c');
    expect(await second).toEqual({ value: 'c', done: false });
    const third = results.next();
    end('a');
    expect(await third).toEqual({ value: 'a', done: false });
    expect(await results.next()).toEqual({ value: undefined, done: true });
  });

  it('go on while the consumer is busy, until enough waits', async () => {
    const { tasks, started, end } = tasksOf(1, 2);
    const results = completed(['a', 'b', 'c', 'd', 'e'], tasks);
    const first = results.next();
    end('a');
    await first;
    expect(started).toEqual(['a', 'b']);
    end('b');
    await nextTurn();
    expect(started).toEqual(['a', 'b', 'c']);
    end('c');
    await nextTurn();
    expect(started).toEqual(['a', 'b', 'c']);
    await results.next();
    expect(started).toEqual(['a', 'b', 'c', 'd']);
  });

  it('are told to stop when no more is wanted, and none is started any more', async () => {
    const { tasks, started, abandoned, end, isStopped } = tasksOf(2, 9);
    const results = completed(['a', 'b', 'c', 'd', 'e'], tasks);
    const first = results.next();
    end('a');
    await first;
    end('b');
    await nextTurn();
    expect(started).toEqual(['a', 'b', 'c', 'd']);
    await results.return(undefined);
    expect(isStopped()).toBe(true);
    expect(abandoned).toEqual(['b', 'c', 'd']);
    expect(started).toEqual(['a', 'b', 'c', 'd']);
  });
});
