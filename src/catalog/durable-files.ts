import { closeSync, fstatSync, fsync, open, openSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';

/*
 * What waits for the disk (making a file, making something durable) is left to other threads. What only
 * touches memory is done at once, since handing a call to another thread costs ten times what it does
 * (docs/benchmarks.md).
 */
const opened = promisify(open);
const synced = promisify(fsync);

/** Syncs of directories that are under way, and those that begin after them. */
const running = new Map<string, Promise<void>>();
const waiting = new Map<string, Promise<void>>();

/**
 * Makes a directory's entries survive a power loss. Those who ask while a sync is under way share the next one.
 * Windows cannot open directories and needs no such call.
 */
export async function syncDirectory(directory: string): Promise<void> {
  if (process.platform === 'win32') return;
  const before = running.get(directory);
  if (before === undefined) return startSync(directory);
  const known = waiting.get(directory);
  if (known !== undefined) return known;
  const next = before
    .catch(() => undefined)
    .then(() => {
      waiting.delete(directory);
      return startSync(directory);
    });
  waiting.set(directory, next);
  return next;
}

function startSync(directory: string): Promise<void> {
  const sync = syncNow(directory).finally(() => {
    if (running.get(directory) === sync) running.delete(directory);
  });
  running.set(directory, sync);
  return sync;
}

async function syncNow(directory: string): Promise<void> {
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

/**
 * Writes a small file that may be lost, unless there is one of this name.
 * @throws the system's error `EEXIST`
 */
export async function writeNew(path: string, content: string): Promise<void> {
  const file = await opened(path, 'wx');
  try {
    writeFileSync(file, content);
  } finally {
    closeSync(file);
  }
}
