/**
 * A query as the part of an address behind `#`, which no browser sends to a server: `q=…` in base64url
 * (RFC 4648 §5) of UTF-8.
 */
export function toHash(query: string): string {
  const bytes = Array.from(new TextEncoder().encode(query), (byte) => String.fromCharCode(byte));
  const text = btoa(bytes.join(''));
  return `q=${text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')}`;
}

/** The query of an address; null if it has none, or one that cannot be read. */
export function fromHash(hash: string): string | null {
  const text = new URLSearchParams(hash.replace(/^#/, '')).get('q');
  if (text === null || text === '') return null;
  try {
    const bytes = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    const codes = Uint8Array.from(bytes, (letter) => letter.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(codes);
  } catch {
    return null;
  }
}
