import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { ChartliftError } from '../../errors.ts';
import {
  createPrivateFile,
  fileErrorCode,
  replacePrivateFile,
  UNFINISHED,
} from '../durable-file.ts';
import { formatKey, parseKey, randomKey, type SecretKey } from './secret-key.ts';

/** Name of the key file in the home. */
export const KEY_FILE = 'secret.key';

/** Rights that nobody but the owner may have. */
const FOREIGN_RIGHTS = 0o077;

/** A key with the time of its making, as ISO 8601 text. */
export interface FileKey extends SecretKey {
  readonly createdAt: string;
}

/** What a key file holds. */
export interface KeyFile {
  /** The newest first: that one seals, the others open what was sealed before them. */
  readonly keys: readonly FileKey[];
  /** For fingerprints; never rotated, so that they stay comparable. */
  readonly fingerprintKey: SecretKey;
}

const key = z.string().transform((text, context) => {
  const parsed = parseKey(text);
  if (parsed !== null) return parsed;
  context.addIssue({ code: 'custom', message: 'is not a key' });
  return z.NEVER;
});

const fileSchema = z.object({
  keys: z.array(
    z
      .object({ id: z.string(), key, created_at: z.string() })
      .refine((entry) => entry.key.id === entry.id, 'is not the key of its id')
      .transform((entry): FileKey => ({ ...entry.key, createdAt: entry.created_at })),
  ),
  fingerprint_key: key,
});

/** Where the key file of a home is. */
export function keyFilePath(home: string): string {
  return join(home, KEY_FILE);
}

/**
 * Reads the key file of a home; null when there is none.
 * Synchronous, so that a running service can look for new keys in the middle of opening a secret.
 *
 * @throws ChartliftError `secrets_unreadable` when it is damaged, or when others may read it
 */
export function readKeyFile(home: string): KeyFile | null {
  const path = keyFilePath(home);
  const text = readPrivately(path);
  if (text === null) return null;
  try {
    const { keys, fingerprint_key } = fileSchema.parse(JSON.parse(text));
    return { keys, fingerprintKey: fingerprint_key };
  } catch {
    // The cause would quote what it found: keys.
    throw new ChartliftError(
      'secrets_unreadable',
      `The key file ${path} is damaged.`,
      'Restore it from a backup. Do not delete it: without it, all credentials must be entered again.',
    );
  }
}

/** Makes the key file of a home unless there is one; several processes may do so at once. */
export async function createKeyFile(home: string, file: KeyFile): Promise<void> {
  await mkdir(home, { recursive: true, mode: 0o700 });
  await createPrivateFile(keyFilePath(home), formatKeyFile(file));
}

/** Replaces the key file in one step. Only under the lock of `key-file-lock.ts`. */
export async function replaceKeyFile(home: string, file: KeyFile): Promise<void> {
  await replacePrivateFile(keyFilePath(home), formatKeyFile(file));
}

/** Removes what processes left that died while they wrote the key file. Only under the lock. */
export async function removeUnfinishedKeyFiles(home: string): Promise<void> {
  for (const name of await readdir(home)) {
    if (!name.startsWith(`${KEY_FILE}.`) || !name.endsWith(UNFINISHED)) continue;
    await rm(join(home, name), { force: true });
  }
}

/**
 * A key that no other key of the file can be taken for.
 *
 * @param now ms since the epoch
 */
export function newFileKey(now: number, others: readonly FileKey[]): FileKey {
  const made = randomKey();
  if (others.some((other) => other.id === made.id)) return newFileKey(now, others);
  return { ...made, createdAt: new Date(now).toISOString() };
}

function formatKeyFile({ keys, fingerprintKey }: KeyFile): string {
  const content = {
    keys: keys.map((each) => ({ id: each.id, key: formatKey(each), created_at: each.createdAt })),
    fingerprint_key: formatKey(fingerprintKey),
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

function readPrivately(path: string): string | null {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r');
  } catch (error) {
    if (fileErrorCode(error) === 'ENOENT') return null;
    throw new ChartliftError(
      'secrets_unreadable',
      `The key file ${path} cannot be read.`,
      'Give it to the user that chartlift runs as, with mode 600.',
      { cause: error },
    );
  }
  try {
    assertPrivate(path, fstatSync(descriptor).mode);
    return readFileSync(descriptor, 'utf8');
  } finally {
    closeSync(descriptor);
  }
}

/** Windows has no such rights; a home lies in its user's own directory there. */
function assertPrivate(path: string, mode: number): void {
  if (process.platform === 'win32' || (mode & FOREIGN_RIGHTS) === 0) return;
  throw new ChartliftError(
    'secrets_unreadable',
    `The key file ${path} may be read or written by other users.`,
    `Run: chmod 600 ${path}. If others may have read it, change the credentials, too.`,
  );
}
