import { open, writeFile } from 'node:fs/promises';

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

/** Makes a file's content survive a power loss. Returns its size in bytes. */
export async function syncFile(path: string): Promise<number> {
  const handle = await open(path, 'r+');
  try {
    await handle.sync();
    return (await handle.stat()).size;
  } finally {
    await handle.close();
  }
}

/** Writes a new file whose content survives a power loss. */
export async function writeDurably(path: string, content: string): Promise<void> {
  await writeFile(path, content, { flush: true });
}
