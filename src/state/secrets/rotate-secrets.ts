import { type Clock, systemClock } from '../../clock.ts';
import { ChartliftError } from '../../errors.ts';
import type { Database } from '../database.ts';
import { newFileKey, readKeyFile, removeUnfinishedKeyFiles, replaceKeyFile } from './key-file.ts';
import { withKeyFileLock } from './key-file-lock.ts';
import type { Keyring } from './keyring.ts';
import { sealedKeyId, sealedPrefix } from './sealed-text.ts';

/** Where sealed texts are; each is sealed for the id of its row. */
const SEALED_TABLES = ['sources', 'validations'] as const;
type SealedTable = (typeof SEALED_TABLES)[number];

/** Rows that are read at a time. */
const BATCH = 200;

/**
 * How long to wait for texts that a service has sealed with the old key and not stored yet, in ms:
 * longer than a write waits for a locked database (10 s, `sqlite-dialect.ts`).
 */
const SETTLE_MS = 12_000;

export interface RotationOptions {
  readonly database: Database;
  readonly keyring: Keyring;
  readonly clock?: Clock;
  /** Told after every batch how many rows have been sealed anew. */
  readonly onProgress?: (resealed: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/** What a rotation did. */
export interface Rotation {
  /** The key that seals from now on. */
  readonly keyId: string;
  /** Rows that were sealed anew. */
  readonly resealed: number;
  /** Rows that no key opens; they stay as they are. Their credentials must be entered again. */
  readonly unreadable: readonly { readonly table: SealedTable; readonly id: string }[];
  /** Keys that are no longer in the key file. */
  readonly removed: readonly string[];
  /** Keys that may now be taken out of `CHARTLIFT_SECRET_KEY`. */
  readonly removable: readonly string[];
}

/**
 * Gives all secrets a new key. A service may run meanwhile: it finds the new key by itself.
 *
 * With a key file, a new key is put before the others, everything is sealed anew, and keys that no row
 * names any more are removed. With `CHARTLIFT_SECRET_KEY`, the operator puts a new key before the old
 * one there and starts the service again; this then seals everything with the first one and says which
 * others nothing needs.
 *
 * Killed at any moment, it leaves every row readable: a key is in the file, and safe on the disk, before
 * it seals, and is removed only after the last row is sealed with another. Another rotation then goes on.
 *
 * @throws ChartliftError `conflict` while another rotation runs, `secrets_unreadable`
 */
export async function rotateSecrets(options: RotationOptions): Promise<Rotation> {
  const { keyring } = options;
  return withKeyFileLock(keyring.home, () => rotate(options));
}

async function rotate(options: RotationOptions): Promise<Rotation> {
  const { database, keyring, clock = systemClock, signal } = options;
  await removeUnfinishedKeyFiles(keyring.home);
  if (keyring.keyIds().inSetting.length === 0) await addKey(keyring.home, clock.now());
  const { current } = keyring.keyIds();
  const first = await resealAll(options, current);
  // A service that sealed with the old key a moment before the new one was there stores it by now.
  await clock.sleep(SETTLE_MS, signal);
  const second = await resealAll(options, current);
  const needed = await neededKeys(database);
  const { inSetting } = keyring.keyIds();
  return {
    keyId: current,
    resealed: first.resealed + second.resealed,
    unreadable: second.unreadable,
    removed: await removeKeys(keyring.home, new Set([current, ...needed])),
    removable: inSetting.filter((id) => id !== current && !needed.has(id)),
  };
}

async function addKey(home: string, now: number): Promise<void> {
  const file = existing(home);
  await replaceKeyFile(home, { ...file, keys: [newFileKey(now, file.keys), ...file.keys] });
}

async function removeKeys(home: string, needed: ReadonlySet<string>): Promise<readonly string[]> {
  const file = existing(home);
  const kept = file.keys.filter(({ id }) => needed.has(id));
  const removed = file.keys.filter(({ id }) => !needed.has(id));
  if (removed.length > 0) await replaceKeyFile(home, { ...file, keys: kept });
  return removed.map(({ id }) => id);
}

interface Resealed {
  readonly resealed: number;
  readonly unreadable: Rotation['unreadable'];
}

async function resealAll(options: RotationOptions, keyId: string): Promise<Resealed> {
  const { database, keyring, onProgress, signal } = options;
  const unreadable: { table: SealedTable; id: string }[] = [];
  let resealed = 0;
  for (const table of SEALED_TABLES) {
    let after = '';
    for (;;) {
      signal?.throwIfAborted();
      const rows = await sealedOtherwise(database, table, keyId, after);
      for (const { id, sealed_secrets: old } of rows) {
        const sealed = resealOne(keyring, id, old);
        if (sealed === null) unreadable.push({ table, id });
        else if (await replaceSealed(database, table, id, old, sealed)) resealed += 1;
      }
      const last = rows.at(-1);
      if (last === undefined) break;
      after = last.id;
      onProgress?.(resealed);
    }
  }
  return { resealed, unreadable };
}

function resealOne(keyring: Keyring, id: string, sealed: string): string | null {
  let plain: string;
  try {
    plain = keyring.open(sealed, id);
  } catch (error) {
    if (error instanceof ChartliftError && error.code === 'secrets_unreadable') return null;
    throw error;
  }
  return keyring.seal(plain, id);
}

async function sealedOtherwise({ db }: Database, table: SealedTable, keyId: string, after: string) {
  return db
    .selectFrom(table)
    .select(['id', 'sealed_secrets'])
    .where('id', '>', after)
    .where('sealed_secrets', 'not like', `${sealedPrefix(keyId)}%`)
    .orderBy('id')
    .limit(BATCH)
    .execute();
}

/** Only if nobody has changed it meanwhile; whoever did has sealed it with the new key. */
async function replaceSealed(
  { db }: Database,
  table: SealedTable,
  id: string,
  old: string,
  sealed: string,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable(table)
    .set({ sealed_secrets: sealed })
    .where('id', '=', id)
    .where('sealed_secrets', '=', old)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Ids of the keys that some row was sealed with. */
async function neededKeys({ db }: Database): Promise<ReadonlySet<string>> {
  const needed = new Set<string>();
  for (const table of SEALED_TABLES) {
    const rows = await db.selectFrom(table).select('sealed_secrets').execute();
    for (const { sealed_secrets: sealed } of rows) {
      const keyId = keyIdOf(sealed);
      if (keyId !== null) needed.add(keyId);
    }
  }
  return needed;
}

function keyIdOf(sealed: string): string | null {
  try {
    return sealedKeyId(sealed);
  } catch {
    // In no form of ours: no key would open it. It is among the unreadable ones.
    return null;
  }
}

function existing(home: string) {
  const file = readKeyFile(home);
  if (file !== null) return file;
  throw new ChartliftError(
    'secrets_unreadable',
    `There is no key file in ${home}.`,
    'Restore it from a backup; without it, all credentials must be entered again.',
  );
}
