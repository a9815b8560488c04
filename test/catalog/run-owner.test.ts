import { spawn } from 'node:child_process';
import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openLakeWriter } from '../../src/catalog/lake-writer.ts';
import {
  currentOwner,
  ownerState,
  parseOwner,
  type RunOwner,
} from '../../src/catalog/stage/run-owner.ts';
import { privateLake } from './private-lake.ts';

const HOUR = 60 * 60 * 1000;

describe('the owner of a run', () => {
  const own = currentOwner(5);

  it('is this process, and alive', () => {
    expect(own).toMatchObject({ pid: process.pid, startedAt: 5 });
    expect(ownerState(own)).toBe('alive');
    expect(parseOwner(JSON.stringify(own))).toEqual(own);
  });

  it('is dead when its process is', async () => {
    const child = spawn(process.execPath, ['-e', '']);
    await new Promise((resolve) => child.on('exit', resolve));
    expect(ownerState({ ...own, pid: child.pid ?? 0, processStart: null })).toBe('dead');
  });

  it.runIf(process.platform === 'linux')('is dead when another process has its number', () => {
    expect(ownerState({ ...own, processStart: 'an-earlier-boot/1' })).toBe('dead');
  });

  it('cannot be told on another machine', () => {
    expect(ownerState({ ...own, host: 'elsewhere' })).toBe('unknown');
  });

  it.each(['', '{', '{"pid":1}', 'null'])('is unknown when the file holds %j', (text) => {
    expect(parseOwner(text)).toBe(null);
  });
});

describe('the next run', () => {
  /** What is left in staging after the next run has opened the lake and closed it. */
  async function leftAfterNextRun(owner: RunOwner | null, ageMs: number): Promise<string[]> {
    const lake = await privateLake();
    await (await openLakeWriter(lake, { runId: 'first', create: true })).close();
    const staging = join(lake, '.chartlift', 'staging');
    await mkdir(join(staging, 'left'));
    if (owner) await writeFile(join(staging, 'left', 'owner.json'), JSON.stringify(owner));
    const then = new Date(Date.now() - ageMs);
    await utimes(join(staging, 'left'), then, then);
    await (await openLakeWriter(lake, { runId: 'next' })).close();
    return readdir(staging);
  }
  const own = currentOwner(0);

  it('leaves the work of a live process, however old', async () => {
    expect(await leftAfterNextRun(own, 1000 * HOUR)).toEqual(['left']);
  });

  it('removes that of a dead one', async () => {
    const dead = { ...own, pid: 2 ** 22 + 1 };
    expect(await leftAfterNextRun(dead, 0)).toEqual([]);
  });

  it('leaves that of another machine for a week', async () => {
    const elsewhere = { ...own, host: 'elsewhere' };
    expect(await leftAfterNextRun(elsewhere, 6 * 24 * HOUR)).toEqual(['left']);
    expect(await leftAfterNextRun(elsewhere, 8 * 24 * HOUR)).toEqual([]);
  });

  it('leaves a directory without an owner for an hour', async () => {
    expect(await leftAfterNextRun(null, 0.5 * HOUR)).toEqual(['left']);
    expect(await leftAfterNextRun(null, 2 * HOUR)).toEqual([]);
  });

  it('is refused the id of a run at work, and ids that are no names', async () => {
    const lake = await privateLake();
    const first = await openLakeWriter(lake, { runId: 'same', create: true });
    await expect(openLakeWriter(lake, { runId: 'same' })).rejects.toMatchObject({
      code: 'internal',
      message: 'Run same is writing to this lake already.',
    });
    await expect(openLakeWriter(lake, { runId: '../x' })).rejects.toMatchObject({
      code: 'internal',
    });
    await first.close();
  });
});
