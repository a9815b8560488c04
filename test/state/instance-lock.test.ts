import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { holdInstance } from '../../src/state/instance-lock.ts';
import { eachDatabase, type PrivatePlace } from './each-database.ts';

const HOLDER = join(import.meta.dirname, 'children', 'hold-instance.ts');

eachDatabase('holdInstance', ({ dialect, open, place }) => {
  async function otherProcess({ home, url }: PrivatePlace) {
    const child = spawn(process.execPath, [HOLDER, home, ...(url === undefined ? [] : [url])]);
    onTestFinished(() => void child.kill('SIGKILL'));
    await once(child.stdout, 'data');
    return child;
  }

  it('lets one service in, and the next when it has gone', async () => {
    const where = await place();
    await open({ place: where });
    const first = await holdInstance(where);
    await expect(holdInstance(where)).rejects.toMatchObject({ code: 'home_in_use' });
    await first.release();
    await first.release();
    const second = await holdInstance(where);
    await second.release();
  });

  it('is held against other processes, and free when they are killed', async () => {
    const where = await place();
    const child = await otherProcess(where);
    await expect(holdInstance(where)).rejects.toMatchObject({ code: 'home_in_use' });
    child.kill('SIGKILL');
    await once(child, 'exit');
    await vi.waitFor(async () => (await holdInstance(where)).release(), 5_000);
  });

  it('lets services of different places alone', async () => {
    const [one, other] = [await holdInstance(await place()), await holdInstance(await place())];
    await Promise.all([one.release(), other.release()]);
  });

  if (dialect === 'postgres') {
    it('holds a database against services with other data folders', async () => {
      const [where, elsewhere] = [await place(), await place()];
      const first = await holdInstance(where);
      onTestFinished(() => first.release());
      const { home } = elsewhere;
      await expect(holdInstance({ ...where, home })).rejects.toMatchObject({ code: 'home_in_use' });
      // The refused one holds nothing.
      const second = await holdInstance(elsewhere);
      await second.release();
    });
  }
});
