import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { findPackageJSON } from 'node:module';
import { dirname, extname, join, relative, sep } from 'node:path';
import type { Encoding } from './preferences.ts';

/** Where `npm run build` puts the app, in the package that this file is part of, be it bundled or not. */
export const BUILT_APP = join(dirname(findPackageJSON(import.meta.url) ?? ''), 'dist', 'web');

/** One file of the web app, in memory. */
export interface AppFile {
  readonly type: string;
  readonly content: Uint8Array<ArrayBuffer>;
  /** The same content, packed when the app was built. */
  readonly packed: ReadonlyMap<Encoding, Uint8Array<ArrayBuffer>>;
  /** Of the content. */
  readonly hash: string;
  /** Whether its name changes whenever its content does. */
  readonly isHashed: boolean;
}

/** The web app as it was built. */
export interface BuiltApp {
  /** What every address of a page gets: `index.html`. */
  readonly page: AppFile;
  /** By the path of their address, such as `/assets/index-BUEAUxrO.js`. Nothing else is ever served. */
  readonly files: ReadonlyMap<string, AppFile>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

const PACKED: Readonly<Record<string, Encoding>> = { '.br': 'br', '.gz': 'gzip' };

/**
 * Reads the whole app, some 2 MB: it is served from memory, so that no address ever becomes a path.
 * Null if it was not built.
 */
export async function readBuiltApp(folder: string): Promise<BuiltApp | null> {
  const contents = await readFiles(folder);
  const files = new Map<string, AppFile>();
  for (const [path, content] of contents) {
    const type = TYPES[extname(path)];
    if (type !== undefined) files.set(path, toAppFile(path, type, content, contents));
  }
  const page = files.get('/index.html');
  files.delete('/index.html');
  return page === undefined ? null : { page, files };
}

type Contents = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

async function readFiles(folder: string): Promise<Contents> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    },
  );
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const all = await Promise.all(
    paths.map(async (path) => {
      const address = `/${relative(folder, path).replaceAll(sep, '/')}`;
      return [address, new Uint8Array(await readFile(path))] as const;
    }),
  );
  // What begins with a dot is about the build: its manifest and stamp.
  return new Map(all.filter(([address]) => !address.includes('/.')));
}

function toAppFile(
  path: string,
  type: string,
  content: Uint8Array<ArrayBuffer>,
  contents: Contents,
): AppFile {
  const packed = new Map<Encoding, Uint8Array<ArrayBuffer>>();
  for (const [ending, encoding] of Object.entries(PACKED)) {
    const smaller = contents.get(path + ending);
    if (smaller !== undefined) packed.set(encoding, smaller);
  }
  const hash = createHash('sha256').update(content).digest('base64url').slice(0, 22);
  return { type, content, packed, hash, isHashed: path.startsWith('/assets/') };
}
