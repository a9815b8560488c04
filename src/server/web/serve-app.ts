import type { MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { AppEnv } from '../app-env.ts';
import type { BuiltApp } from './built-app.ts';
import { answerFile } from './file-answer.ts';
import { notBuiltPage } from './not-built-page.ts';
import { takesPages } from './preferences.ts';

/** Where no page of the app is: what is unknown there is an error for programs. */
const NO_PAGES = /^\/(?:api|assets|healthz|readyz|metrics)(?:\/|$)/;

/** The same address holds a page for browsers and an error for programs. */
const PAGE_VARY = 'Accept, Accept-Encoding';

/**
 * Serves the web app: its files by their names, and its one page under every address that may be one of
 * its own, so that addresses survive a reload. It tells nothing of this installation, so anybody gets it;
 * it stands before whoever asks is identified, so that no cookie is ever set with what caches may keep.
 *
 * @param app null if it was not built: then its addresses say how it is
 */
export function servesApp(app: BuiltApp | null): MiddlewareHandler<AppEnv> {
  return createMiddleware<AppEnv>(async (c, next) => {
    const { method } = c.req;
    if (method !== 'GET' && method !== 'HEAD') return next();
    const { pathname } = new URL(c.req.url);
    const file = app?.files.get(pathname);
    if (file !== undefined) return answerFile(file, c.req.raw);
    const isPage = pathname === '/' || takesPages(c.req.header('Accept'));
    if (!isPage || NO_PAGES.test(pathname)) return next();
    if (app === null) return c.html(notBuiltPage(), 503);
    return answerFile(app.page, c.req.raw, PAGE_VARY);
  });
}
