import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { RunHandler } from '../../src/jobs/worker.ts';
import { eachDatabase, type PrivatePlace } from '../state/each-database.ts';
import { storesOf, workerOn } from './set-up.ts';

const CHILD = join(import.meta.dirname, 'children', 'work.ts');

const succeed: RunHandler = async () => ({ status: 'success', error: null });

/** A process that works on the database; `began` fills with the ids of runs. */
function startWorking({ home, url }: PrivatePlace, owner: string, durationMs: number) {
  const args = [CHILD, home, owner, String(durationMs), ...(url === undefined ? [] : [url])];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const began: string[] = [];
  createInterface(child.stdout).on('line', (line) => began.push(line));
  const closed = once(child, 'close');
  async function kill(): Promise<void> {
    child.kill('SIGKILL');
    await closed;
  }
  onTestFinished(kill);
  return { began, kill };
}

eachDatabase('a process that is killed in the middle of a run', ({ open, place }) => {
  it('leaves a run that the next process goes on with', async () => {
    const where = await place();
    const { runs, addSource, queueRun, stored } = storesOf(await open({ place: where }));
    const id = await queueRun(await addSource());
    const child = startWorking(where, 'killed', 60_000);
    await vi.waitFor(() => expect(child.began).toEqual([id]), { timeout: 10_000 });
    await child.kill();
    expect(await stored(id)).toMatchObject({ status: 'running', attempt: 1 });
    expect(await runs.reclaim('next')).toEqual([id]);
    const { worker, ended } = workerOn(runs, succeed, { owner: 'next' });
    worker.start();
    await vi.waitFor(() => expect(ended).toHaveLength(1));
    expect(await stored(id)).toMatchObject({ status: 'success', attempt: 2 });
  });

  it('leaves a run that was to be canceled, which has ended then', async () => {
    const where = await place();
    const { runs, addSource, queueRun, stored } = storesOf(await open({ place: where }));
    const id = await queueRun(await addSource());
    const child = startWorking(where, 'killed', 60_000);
    await vi.waitFor(() => expect(child.began).toEqual([id]), { timeout: 10_000 });
    await runs.requestCancel(id);
    await child.kill();
    await runs.reclaim('next');
    expect((await stored(id)).status).toBe('canceled');
  });

  it('again and again loses no run, and ends each once', async () => {
    const where = await place();
    const { runs, addSource, queueRun, stored } = storesOf(await open({ place: where }));
    const ids: string[] = [];
    for (let n = 0; n < 30; n += 1) {
      ids.push(await queueRun(await addSource({ group: `group ${n % 3}` })));
    }
    for (let n = 0; n < 5; n += 1) {
      const child = startWorking(where, `killed-${n}`, 40);
      await vi.waitFor(() => expect(child.began.length).toBeGreaterThan(0), { timeout: 10_000 });
      await delay(Math.random() * 60);
      await child.kill();
    }
    await runs.reclaim('last');
    const { worker } = workerOn(runs, succeed, { owner: 'last' });
    worker.start();
    await vi.waitFor(
      async () => expect(await runs.queue()).toMatchObject({ queued: 0, running: 0 }),
      { timeout: 10_000 },
    );
    const ended = await Promise.all(ids.map(stored));
    expect(ended.map(({ status }) => status)).toEqual(Array(30).fill('success'));
    expect((await runs.list({ limit: 100 })).items).toHaveLength(30);
    expect(Math.max(...ended.map(({ attempt }) => attempt))).toBeGreaterThan(1);
  });
});
