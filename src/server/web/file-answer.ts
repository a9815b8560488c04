import type { AppFile } from './built-app.ts';
import { chooseEncoding } from './preferences.ts';

/** Hashed names are never used for other content: a year is the longest that caches promise (RFC 8246). */
const FOR_EVER = 'public, max-age=31536000, immutable';

/** Asked for again each time, and answered with 304 as long as it is the same. */
const ASK_AGAIN = 'no-cache';

/** Answers with a file of the app, in the encoding that the request likes best; 304 if it is known there. */
export function answerFile(file: AppFile, request: Request, vary = 'Accept-Encoding'): Response {
  const encoding = chooseEncoding(request.headers.get('Accept-Encoding') ?? undefined, (kept) =>
    file.packed.has(kept),
  );
  const body = (encoding === null ? undefined : file.packed.get(encoding)) ?? file.content;
  // Each encoding is a representation with a tag of its own (RFC 9110 §8.8.3.3).
  const tag = `"${file.hash}${encoding === null ? '' : `-${encoding}`}"`;
  const headers = new Headers({
    'Cache-Control': file.isHashed ? FOR_EVER : ASK_AGAIN,
    ETag: tag,
    Vary: vary,
  });
  if (isKnown(request.headers.get('If-None-Match'), tag)) {
    return new Response(null, { status: 304, headers });
  }
  headers.set('Content-Type', file.type);
  headers.set('Content-Length', String(body.length));
  if (encoding !== null) headers.set('Content-Encoding', encoding);
  return new Response(request.method === 'HEAD' ? null : body, { headers });
}

/** Whether `If-None-Match` names the tag; proxies may have made it a weak one (RFC 9110 §13.1.2). */
function isKnown(ifNoneMatch: string | null, tag: string): boolean {
  if (ifNoneMatch === null) return false;
  return ifNoneMatch
    .split(',')
    .map((known) => known.trim().replace(/^W\//, ''))
    .some((known) => known === tag || known === '*');
}
