import { closeSync, fstatSync, fsync, fsyncSync, open, openSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';

/*
 * What waits for the disk (making a file, making something durable) is left to other threads. What only
 * touches memory is done at once, since handing a call to another thread costs ten times what it does
 * (docs/benchmarks.md).
 */
const opened = promisify(open);
const synced = promisify(fsync);

/** Makes a directory's entries survive a power loss. Windows cannot open directories and needs no such call. */
export async function syncDirectory(directory: string): Promise<void> {
  if (process.platform === 'win32') return;
  const file = openSync(directory, 'r');
  try {
    await synced(file);
  } finally {
    closeSync(file);
  }
}

/** Makes a file's content survive a power loss. Returns its size in bytes. */
export async function syncFile(path: string): Promise<number> {
  const file = await opened(path, 'r+');
  try {
    await synced(file);
    return fstatSync(file).size;
  } finally {
    closeSync(file);
  }
}

/** Writes a new file whose content survives a power loss. */
export async function writeDurably(path: string, content: string | Uint8Array): Promise<void> {
  const file = await opened(path, 'w');
  try {
    writeFileSync(file, content);
    await synced(file);
  } finally {
    closeSync(file);
  }
}

/** As {@link writeDurably}, for whoever has nothing else to do. */
export function writeDurablySync(path: string, content: string | Uint8Array): void {
  withFile(path, 'w', (file) => {
    writeFileSync(file, content);
    fsyncSync(file);
  });
}

/** As {@link syncDirectory}, for whoever has nothing else to do. */
export function syncDirectorySync(directory: string): void {
  if (process.platform !== 'win32') withFile(directory, 'r', fsyncSync);
}

/**
 * Writes a small file that may be lost, unless there is one of this name.
 * @throws the system's error `EEXIST`
 */
export function writeNewSync(path: string, content: string): void {
  withFile(path, 'wx', (file) => writeFileSync(file, content));
}

function withFile(path: string, flags: string, work: (file: number) => void): void {
  const file = openSync(path, flags);
  try {
    work(file);
  } finally {
    closeSync(file);
  }
}
