import { randomBytes } from 'node:crypto';
import { link, open, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** What ends the name of a file that is not finished. */
export const UNFINISHED = '.new';

/** The `code` of an error of `node:fs`, such as `ENOENT`; undefined for any other error. */
export function fileErrorCode(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error) || !('code' in thrown)) return undefined;
  return typeof thrown.code === 'string' ? thrown.code : undefined;
}

/**
 * Makes a directory's entries survive a power loss.
 * Windows cannot open directories and needs no such call.
 */
export async function syncDirectory(directory: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Makes a file with its whole content, readable by its owner alone, unless there is one.
 * Of several processes that try at once, one succeeds. Survives a power loss.
 *
 * @returns whether this call made it
 */
export async function createPrivateFile(path: string, content: string): Promise<boolean> {
  const unfinished = await writeUnfinished(path, content);
  try {
    // A link appears with its whole content or not at all, and never replaces a file (link(2)).
    await link(unfinished, path);
  } catch (error) {
    if (fileErrorCode(error) !== 'EEXIST') throw error;
    return false;
  } finally {
    await rm(unfinished, { force: true });
  }
  await syncDirectory(dirname(path));
  return true;
}

/** Replaces a file in one step, readable by its owner alone. Survives a power loss. */
export async function replacePrivateFile(path: string, content: string): Promise<void> {
  const unfinished = await writeUnfinished(path, content);
  try {
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
  await syncDirectory(dirname(path));
}

async function writeUnfinished(path: string, content: string): Promise<string> {
  const unfinished = `${path}.${randomBytes(6).toString('hex')}${UNFINISHED}`;
  await writeFile(unfinished, content, { mode: 0o600, flag: 'wx', flush: true });
  return unfinished;
}
