/** The secret that a link carries behind `#`, as in `/setup#token=…`; null if there is none. */
export function tokenOfHash(hash: string): string | null {
  const token = new URLSearchParams(hash.replace(/^#/, '')).get('token')?.trim();
  return token === undefined || token === '' ? null : token;
}

/** The secret of a link that somebody pasted, or typed without its beginning; null if it is none. */
export function tokenOfLink(text: string): string | null {
  const [, hash] = text.trim().split('#', 2);
  return hash === undefined ? null : tokenOfHash(hash);
}
