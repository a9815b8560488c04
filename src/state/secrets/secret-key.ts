import { createHash, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { ChartliftError } from '../../errors.ts';

/** Bytes of a key for AES-256. */
const KEY_BYTES = 32;

const HEX = /^[0-9a-f]{64}$/i;
/** 32 bytes in base64 or base64url, with or without padding. */
const BASE64 = /^[A-Za-z0-9+/_-]{43}=?$/;

/** A key for sealing. It prints as an object without its bytes. */
export interface SecretKey {
  /** Names the key without telling it: the first 8 hex digits of its SHA-256. */
  readonly id: string;
  readonly key: KeyObject;
}

/** Makes a key of random bytes. */
export function randomKey(): SecretKey {
  return keyOf(randomBytes(KEY_BYTES));
}

/**
 * Reads a key as people and files write it: 32 bytes as hex or base64.
 * Null for anything else.
 */
export function parseKey(text: string): SecretKey | null {
  if (HEX.test(text)) return keyOf(Buffer.from(text, 'hex'));
  if (!BASE64.test(text)) return null;
  return keyOf(Buffer.from(text, 'base64'));
}

/** The form in which the key file holds a key. */
export function formatKey(key: SecretKey): string {
  return key.key.export().toString('base64');
}

/**
 * Reads the setting `CHARTLIFT_SECRET_KEY`: keys separated by commas, the newest first.
 *
 * @throws ChartliftError `config_invalid`, which repeats nothing of the setting
 */
export function parseKeySetting(setting: string): readonly SecretKey[] {
  const texts = setting.split(',').map((text) => text.trim());
  return texts.map((text, index) => {
    const key = parseKey(text);
    if (key !== null) return key;
    const which = texts.length === 1 ? '' : `, key ${index + 1} of ${texts.length},`;
    throw new ChartliftError(
      'config_invalid',
      `CHARTLIFT_SECRET_KEY${which} is not a key: it must be 32 bytes in base64 or hex.`,
      'Make one with: openssl rand -base64 32',
    );
  });
}

function keyOf(bytes: Buffer): SecretKey {
  const id = createHash('sha256').update(bytes).digest('hex').slice(0, 8);
  return { id, key: createSecretKey(bytes) };
}
