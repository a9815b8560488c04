import { constants, copyFile, mkdir, readdir, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { syncDirectory, syncFile } from '../durable-files.ts';

/**
 * Copies a file that nobody changes any more to a place where there is none. Keeps the time of its last
 * change: a vacuum goes by it. Returns its size in bytes.
 */
export async function copyFileWithTimes(from: string, to: string): Promise<number> {
  await mkdir(dirname(to), { recursive: true });
  await copyFile(from, to, constants.COPYFILE_EXCL);
  const { atime, mtime, size } = await stat(from);
  await utimes(to, atime, mtime);
  return size;
}

/** Every file below a directory, as paths relative to it. */
export async function filesBelow(directory: string): Promise<string[]> {
  const files: string[] = [];
  const pending = [''];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const entry of await readdir(join(directory, next), { withFileTypes: true })) {
      const path = join(next, entry.name);
      if (entry.isDirectory()) pending.push(path);
      else if (entry.isFile()) files.push(path);
    }
  }
  return files;
}

/** Makes everything below a directory survive a power loss. */
export async function syncBelow(directory: string): Promise<void> {
  const files = await filesBelow(directory);
  for (const file of files) await syncFile(join(directory, file));
  const directories = new Set([directory, ...files.map((file) => dirname(join(directory, file)))]);
  for (const each of directories) await syncDirectory(each);
}
