/** Pages that lead away again from somebody who is signed in. */
const ENTRIES: ReadonlySet<string> = new Set(['/sign-in', '/setup', '/invitation']);

/**
 * Where to go after signing in. Only an address inside the app is honoured, so that a link to the sign-in
 * page cannot send somebody elsewhere (CWE-601); everything else leads to the first screen.
 *
 * @param next as the address bar has it
 * @param origin of the page, such as `http://127.0.0.1:8080`
 */
export function safeNext(next: string | undefined, origin: string): string {
  if (next === undefined || !next.startsWith('/')) return '/';
  const url = URL.parse(next, origin);
  // The URL parser is what the browser goes by: it reads `/\host` and `/<tab>/host` as another host.
  if (url === null || url.origin !== origin || url.pathname.startsWith('//')) return '/';
  if (ENTRIES.has(url.pathname.replace(/\/+$/, ''))) return '/';
  return `${url.pathname}${url.search}${url.hash}`;
}
