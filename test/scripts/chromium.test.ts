import { writeFileSync } from 'node:fs';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ensureChromium, findChromium } from '../../scripts/chromium.ts';
import { temporaryDirectory } from '../sync/lake-fixture.ts';

const NOTHING = (): boolean => {
  throw new Error('nothing is to be installed');
};

describe('Chromium', () => {
  it('is the first of its names in PATH that can be run', async () => {
    const folder = await temporaryDirectory();
    await writeFile(join(folder, 'chromium'), 'no program');
    await writeFile(join(folder, 'google-chrome'), '');
    await chmod(join(folder, 'google-chrome'), 0o755);
    expect(findChromium({ PATH: `/nowhere:${folder}` })).toBe(join(folder, 'google-chrome'));
    await writeFile(join(folder, 'chromium-headless-shell'), '', { mode: 0o755 });
    const headless = join(folder, 'chromium-headless-shell');
    expect(findChromium({ PATH: `${folder}:/nowhere` })).toBe(headless);
    expect(findChromium({ PATH: '/nowhere' })).toBeNull();
  });

  it('is what CHROMIUM_PATH names', async () => {
    const file = join(await temporaryDirectory(), 'mine');
    await writeFile(file, '');
    expect(() => findChromium({ CHROMIUM_PATH: file })).toThrow('is no program');
    await chmod(file, 0o755);
    expect(findChromium({ CHROMIUM_PATH: file, PATH: '' })).toBe(file);
  });

  it('is installed where that can be done', async () => {
    const folder = await temporaryDirectory();
    const ran: string[] = [];
    const chromium = ensureChromium({ PATH: folder }, true, (command, args) => {
      ran.push([command, ...args].join(' '));
      // An older Debian, which has no package without windows.
      if (args.includes('chromium-headless-shell')) return false;
      writeFileSync(join(folder, 'chromium'), '', { mode: 0o755 });
      return true;
    });
    expect(chromium).toBe(join(folder, 'chromium'));
    expect(ran).toEqual([
      'apt-get update',
      'apt-get install -y --no-install-recommends chromium-headless-shell',
      'apt-get install -y --no-install-recommends chromium',
    ]);
  });

  it('is asked for where it cannot', () => {
    expect(() => ensureChromium({ PATH: '' }, false, NOTHING)).toThrow('apt-get install chromium');
    expect(() => ensureChromium({ PATH: '' }, true, () => false)).toThrow('set CHROMIUM_PATH');
  });
});
