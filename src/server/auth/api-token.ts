import { createHash, randomBytes } from 'node:crypto';

/** What every token of ours begins with, so that scanners of leaked secrets can find it. */
export const TOKEN_PREFIX = 'cl_';

/** Bytes of chance in a token: 256 bits cannot be guessed, so a plain hash keeps it. */
const TOKEN_BYTES = 32;

/** Characters of a token that lists show. */
const HINT_LENGTH = 7;

/** A new token, what is kept of it and what lists show. */
export function createApiToken(): { token: string; hash: string; hint: string } {
  const token = TOKEN_PREFIX + randomBytes(TOKEN_BYTES).toString('base64url');
  return { token, hash: hashSecret(token), hint: token.slice(0, HINT_LENGTH) };
}

/** SHA-256 in hex: how tokens and links of ours are kept. For passwords this would not do. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** What stands in a link that may be used once. */
export function createLinkSecret(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}
