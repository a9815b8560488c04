import { closeSync, fstatSync, fsync, openSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { POOL_SHARE } from './pool-share.ts';
import { sharedNext } from './shared-next.ts';
import { Slots } from './stage/slots.ts';

const fsyncSoon = promisify(fsync);

/** A slow disk would else hold every thread that Node has for what waits. */
const syncs = new Slots(POOL_SHARE);

/** Makes a file's content survive a power loss. Returns its size in bytes. */
export function syncFile(path: string): Promise<number> {
  return withSync(path, 'r+', (file) => fstatSync(file).size);
}

/** Writes a new file whose content survives a power loss. */
export function writeDurably(path: string, content: string | Uint8Array): Promise<void> {
  return withSync(path, 'w', (file) => writeFileSync(file, content));
}

/** Makes a directory's entries survive a power loss. Windows cannot open directories and needs no such call. */
export async function syncDirectory(directory: string): Promise<void> {
  if (process.platform !== 'win32') await withSync(directory, 'r', () => undefined);
}

/** As {@link syncDirectory}, for directories that get entries from many at once. */
export const syncDirectoryTogether = sharedNext(syncDirectory);

/**
 * Waiting for the disk is left to another thread. All else is done at once: to hand a call to another thread
 * takes longer than most calls do (docs/benchmarks.md).
 */
async function withSync<Result>(
  path: string,
  flags: string,
  work: (file: number) => Result,
): Promise<Result> {
  const file = openSync(path, flags);
  try {
    const result = work(file);
    await syncs.run(() => fsyncSoon(file));
    return result;
  } finally {
    closeSync(file);
  }
}
