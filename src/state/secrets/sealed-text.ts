import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { ChartliftError } from '../../errors.ts';
import type { SecretKey } from './secret-key.ts';

/** Of the form, which the seal covers too, so that no text can be passed off as one of another form. */
const FORM = 'v1';

/** AES-256-GCM as DESIGN §5 asks; a nonce of 96 bits and a tag of 128 as NIST SP 800-38D §8.2.2, §5.2.1.2. */
const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const SEALED = /^v1\.([0-9a-f]{8})\.([A-Za-z0-9_-]{16})\.([A-Za-z0-9_-]{22,})$/;

/**
 * Encrypts a text so that nobody can read or change it without the key, nor use it elsewhere.
 * The form is `v1.<key id>.<nonce>.<ciphertext and tag>`, the last two in base64url.
 *
 * @param context what the text belongs to, such as the id of a source; it opens with the same only
 */
export function sealText(plain: string, context: string, key: SecretKey): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key.key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(associated(key.id, context));
  const parts = [cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()];
  const content = Buffer.concat(parts).toString('base64url');
  return `${FORM}.${key.id}.${nonce.toString('base64url')}.${content}`;
}

/**
 * Decrypts what {@link sealText} made.
 *
 * @throws ChartliftError `secrets_unreadable` for another key, another context or a changed text
 */
export function openText(sealed: string, context: string, key: SecretKey): string {
  const { keyId, nonce, content } = parse(sealed);
  const tagAt = content.length - TAG_BYTES;
  try {
    if (keyId !== key.id) throw new Error(`It was sealed with key ${keyId}.`);
    const decipher = createDecipheriv(CIPHER, key.key, nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(associated(keyId, context));
    decipher.setAuthTag(content.subarray(tagAt));
    const plain = Buffer.concat([decipher.update(content.subarray(0, tagAt)), decipher.final()]);
    return plain.toString('utf8');
  } catch (error) {
    throw new ChartliftError(
      'secrets_unreadable',
      `The stored credentials of ${context} cannot be opened with key ${key.id}: they were changed, or sealed for something else.`,
      'Enter these credentials again, or restore the database from a backup.',
      { cause: error },
    );
  }
}

/**
 * The id of the key that a text was sealed with.
 *
 * @throws ChartliftError `secrets_unreadable` for what is no sealed text
 */
export function sealedKeyId(sealed: string): string {
  return parse(sealed).keyId;
}

/** How every text begins that was sealed with this key. */
export function sealedPrefix(keyId: string): string {
  return `${FORM}.${keyId}.`;
}

function associated(keyId: string, context: string): Buffer {
  return Buffer.from(`${FORM}.${keyId}.${context}`, 'utf8');
}

function parse(sealed: string): { keyId: string; nonce: Buffer; content: Buffer } {
  const [, keyId = '', nonceText = '', contentText = ''] = SEALED.exec(sealed) ?? [];
  const nonce = Buffer.from(nonceText, 'base64url');
  const content = Buffer.from(contentText, 'base64url');
  // The last character of base64 has bits that count for nothing (RFC 4648 §3.5): one text, one meaning.
  if (keyId !== '' && content.toString('base64url') === contentText) {
    return { keyId, nonce, content };
  }
  throw new ChartliftError(
    'secrets_unreadable',
    'Stored credentials are not in the form in which chartlift seals them.',
    'Enter these credentials again, or restore the database from a backup.',
  );
}
