import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ChartliftError } from '../../errors.ts';

/** Who holds an exclusive transaction on this file may change the key file. */
const LOCK_FILE = 'secret.lock';

/** How long to wait for another process, in ms: longer than a change takes, and nothing beside a rotation. */
const WAIT_MS = 500;

/**
 * Does something while no other process may change the key file of this home: two that replaced it at
 * once would lose the key of one of them. The operating system ends the lock of a process that dies.
 *
 * @throws ChartliftError `conflict` when another process holds the lock
 */
export async function withKeyFileLock<T>(home: string, act: () => Promise<T>): Promise<T> {
  const lock = new DatabaseSync(join(home, LOCK_FILE), { timeout: WAIT_MS });
  try {
    take(lock);
    return await act();
  } finally {
    lock.close();
  }
}

function take(lock: DatabaseSync): void {
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    throw new ChartliftError(
      'conflict',
      'Another process is changing the key file of this home.',
      'Wait until it is done, such as a rotation of secrets; then try again.',
      { cause: error },
    );
  }
}
