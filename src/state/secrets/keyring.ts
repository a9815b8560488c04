import { createHmac } from 'node:crypto';
import { type Clock, systemClock } from '../../clock.ts';
import { ChartliftError } from '../../errors.ts';
import {
  createKeyFile,
  type KeyFile,
  keyFilePath,
  newFileKey,
  readKeyFile,
  replaceKeyFile,
} from './key-file.ts';
import { withKeyFileLock } from './key-file-lock.ts';
import { openText, sealedKeyId, sealText } from './sealed-text.ts';
import { parseKeySetting, randomKey, type SecretKey } from './secret-key.ts';

/** Ids of the keys of a keyring, by where they are, newest first. */
export interface KeyIds {
  /** The one that seals. */
  readonly current: string;
  /** In `CHARTLIFT_SECRET_KEY`. */
  readonly inSetting: readonly string[];
  /** In the key file. */
  readonly inFile: readonly string[];
}

/** Seals what must be kept from whoever gets hold of the database, and opens it again. */
export interface Keyring {
  /** The directory of the key file. */
  readonly home: string;
  /**
   * Seals a text with the newest key: `v1.<key id>.<nonce>.<ciphertext and tag>`.
   * A sealed text must be stored at once: a rotation waits for such texts only so long.
   *
   * @param context what the text belongs to, such as the id of a source; it opens for nothing else
   * @throws ChartliftError `secrets_unreadable` when the key file is gone or damaged
   */
  seal(plain: string, context: string): string;
  /**
   * Opens a sealed text; looks into the key file again when it knows no such key.
   *
   * @throws ChartliftError `secrets_unreadable` for a key that is not there, a text that was changed,
   * or another context
   */
  open(sealed: string, context: string): string;
  /**
   * The id of the key that a text was sealed with.
   *
   * @throws ChartliftError `secrets_unreadable` for what is no sealed text
   */
  keyIdOf(sealed: string): string;
  /**
   * The same for the same text, and tells nothing of it: HMAC-SHA-256 in hex, with a key that no
   * rotation changes.
   */
  fingerprint(text: string): string;
  /**
   * The keys as they are now.
   *
   * @throws ChartliftError `secrets_unreadable` when the key file is gone or damaged
   */
  keyIds(): KeyIds;
}

export interface KeyringOptions {
  /** Directory of the key file; made when it is not there. */
  readonly home: string;
  /**
   * The setting `CHARTLIFT_SECRET_KEY`: keys of 32 bytes in base64 or hex, comma-separated, newest
   * first. Its first key seals; the key file then serves to open what was sealed before, and for
   * fingerprints.
   */
  readonly secretKey?: string | undefined;
  readonly clock?: Clock;
}

/**
 * Opens the keys of a home; at the first start they are made.
 *
 * @throws ChartliftError `secrets_unreadable` when the key file is damaged or others may read it,
 * `config_invalid` when the setting is no key
 */
export async function openKeyring(options: KeyringOptions): Promise<Keyring> {
  const { home, secretKey, clock = systemClock } = options;
  const hasSetting = secretKey !== undefined && secretKey.trim() !== '';
  const settingKeys = hasSetting ? parseKeySetting(secretKey) : [];
  if (readKeyFile(home) === null) {
    const keys = hasSetting ? [] : [newFileKey(clock.now(), [])];
    await createKeyFile(home, { keys, fingerprintKey: randomKey() });
  }
  if (!hasSetting) await assertFileKey(home, clock);
  return new FileKeyring(home, settingKeys);
}

/** A key file that was made beside a setting has no key of its own. */
async function assertFileKey(home: string, clock: Clock): Promise<void> {
  if (existingFile(home).keys.length > 0) return;
  await withKeyFileLock(home, async () => {
    const file = existingFile(home);
    if (file.keys.length > 0) return;
    await replaceKeyFile(home, { ...file, keys: [newFileKey(clock.now(), [])] });
  });
}

function existingFile(home: string): KeyFile {
  const file = readKeyFile(home);
  if (file !== null) return file;
  throw new ChartliftError(
    'secrets_unreadable',
    `The key file ${keyFilePath(home)} is gone.`,
    'Restore it from a backup; without it, all credentials must be entered again.',
  );
}

class FileKeyring implements Keyring {
  readonly home: string;
  readonly #settingKeys: readonly SecretKey[];
  #file: KeyFile;

  constructor(home: string, settingKeys: readonly SecretKey[]) {
    this.home = home;
    this.#settingKeys = settingKeys;
    this.#file = existingFile(home);
  }

  seal(plain: string, context: string): string {
    // Read each time: a rotation in another process may be about to drop the key that was newest.
    this.#file = existingFile(this.home);
    return sealText(plain, context, this.#current());
  }

  open(sealed: string, context: string): string {
    const keyId = sealedKeyId(sealed);
    let key = this.#find(keyId);
    if (key === undefined) {
      this.#file = existingFile(this.home);
      key = this.#find(keyId);
    }
    if (key !== undefined) return openText(sealed, context, key);
    throw new ChartliftError(
      'secrets_unreadable',
      `The stored credentials of ${context} were sealed with key ${keyId}, which is not there.`,
      `Restore ${keyFilePath(this.home)} from a backup, or add the key to CHARTLIFT_SECRET_KEY; else enter these credentials again.`,
    );
  }

  keyIdOf(sealed: string): string {
    return sealedKeyId(sealed);
  }

  fingerprint(text: string): string {
    return createHmac('sha256', this.#file.fingerprintKey.key).update(text, 'utf8').digest('hex');
  }

  keyIds(): KeyIds {
    this.#file = existingFile(this.home);
    return {
      current: this.#current().id,
      inSetting: this.#settingKeys.map(({ id }) => id),
      inFile: this.#file.keys.map(({ id }) => id),
    };
  }

  #current(): SecretKey {
    const [key] = [...this.#settingKeys, ...this.#file.keys];
    if (key !== undefined) return key;
    throw new ChartliftError(
      'secrets_unreadable',
      `The key file ${keyFilePath(this.home)} holds no key.`,
      'Restore it from a backup, or set CHARTLIFT_SECRET_KEY.',
    );
  }

  #find(keyId: string): SecretKey | undefined {
    return [...this.#settingKeys, ...this.#file.keys].find(({ id }) => id === keyId);
  }
}
