import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SRC_THAT_WEB_RUNS } from '../scripts/built-part.ts';

/** The arrows of DESIGN §1: what each folder may import, beside itself and what everyone may. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  stream: [],
  'source/amplitude': ['stream'],
  catalog: ['stream'],
  sync: ['stream', 'catalog'],
  state: ['stream'],
  jobs: ['stream', 'state'],
  service: ['stream', 'catalog', 'sync', 'state', 'jobs'],
  server: ['stream', 'catalog', 'state', 'jobs', 'service'],
  simulator: [],
  cli: ['*'],
  'context.ts': ['*'],
};

const FOR_EVERYONE = ['errors.ts', 'clock.ts', 'logger.ts', 'version.ts'];

const FORBIDDEN_FOLDERS = ['common', 'utils', 'core', 'lib', 'helpers'];

/** STYLE, "What it means here" no. 2. */
const LONGEST_FILE = 600;

const root = join(import.meta.dirname, '..');
const src = join(root, 'src');
const files = globSync('**/*.ts', { cwd: src }).filter((file) => !file.endsWith('.test.ts'));

interface Import {
  readonly from: string;
  readonly to: string;
  readonly atRunTime: boolean;
}

/** The imports of one of our files from another, both seen from `base`. */
function importsOf(file: string, base: string): Import[] {
  const text = readFileSync(join(base, file), 'utf8');
  const statements = text.matchAll(
    /(?:^|\n)\s*(?:import|export)\s+(type\s)?[^;'"]*?from\s+'(\.[^']+)'|import\(\s*'(\.[^']+)'\s*\)/g,
  );
  return [...statements].map(([, type, path, dynamic]) => ({
    from: file,
    to: relative(base, join(base, dirname(file), path ?? dynamic ?? '')),
    atRunTime: type === undefined,
  }));
}

const imports = files.flatMap((file) => importsOf(file, src));

function folderOf(file: string): string {
  const folder = Object.keys(ARROWS).find((name) => file === name || file.startsWith(`${name}/`));
  return folder ?? file;
}

describe('the arrows of the design', () => {
  it('know every file', () => {
    const unknown = files.filter((file) => !(folderOf(file) in ARROWS));
    expect(unknown.filter((file) => !FOR_EVERYONE.includes(file))).toEqual([]);
  });

  it('are the only imports between folders', () => {
    const wrong = imports.filter(({ from, to }) => {
      const allowed = ARROWS[folderOf(from)] ?? [];
      const target = folderOf(to);
      if (target === folderOf(from) || FOR_EVERYONE.includes(to)) return false;
      return !allowed.includes('*') && !allowed.includes(target);
    });
    expect(wrong.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });

  it('find imports at all', () => {
    expect(imports.length).toBeGreaterThan(files.length / 2);
  });

  it('run in no circle', () => {
    const next = Map.groupBy(
      imports.filter((edge) => edge.atRunTime),
      (edge) => edge.from,
    );
    const done = new Set<string>();
    const circles: string[] = [];
    function visit(file: string, path: readonly string[]): void {
      const at = path.indexOf(file);
      if (at !== -1) circles.push([...path.slice(at), file].join(' > '));
      if (at !== -1 || done.has(file)) return;
      for (const edge of next.get(file) ?? []) visit(edge.to, [...path, file]);
      done.add(file);
    }
    for (const file of files) visit(file, []);
    expect(circles).toEqual([]);
  });
});

describe('the web app', () => {
  const webFiles = globSync('web/**/*.{ts,tsx}', { cwd: root }).filter(
    (file) => !/\.test\.tsx?$/.test(file),
  );
  const outwards = webFiles
    .flatMap((file) => importsOf(file, root))
    .filter(({ to }) => !to.startsWith('web/'));

  it('knows of the server nothing but types, and a few pure files', () => {
    expect(webFiles.length).toBeGreaterThan(20);
    const runs = SRC_THAT_WEB_RUNS.map((file) => `src/${file}`);
    const wrong = outwards.filter(
      ({ to, atRunTime }) => !to.startsWith('src/') || (atRunTime && !runs.includes(to)),
    );
    expect(wrong.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });

  it('runs files that need nothing else of the server, nor of Node.js', () => {
    const wrong = imports
      .filter(({ from, atRunTime }) => atRunTime && SRC_THAT_WEB_RUNS.includes(from))
      .filter(({ to }) => !SRC_THAT_WEB_RUNS.includes(to));
    expect(wrong.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
    const packages = SRC_THAT_WEB_RUNS.filter((file) =>
      /^import (?!type ).*from '[^.]/m.test(readFileSync(join(src, file), 'utf8')),
    );
    expect(packages).toEqual([]);
  });

  it('is nothing that the server imports', () => {
    const wrong = imports.filter(({ to }) => to.startsWith('..'));
    expect(wrong.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });
});

describe('files', () => {
  it('lie in folders that say what they hold', () => {
    const nameless = files.filter((file) =>
      file.split('/').some((part) => FORBIDDEN_FOLDERS.includes(part)),
    );
    expect(nameless).toEqual([]);
  });

  it('are not mere lists of exports', () => {
    expect(files.filter((file) => basename(file) === 'index.ts')).toEqual([]);
  });

  it(`have at most ${LONGEST_FILE} lines, and most far fewer`, () => {
    const lengths = files.map((file) => readFileSync(join(src, file), 'utf8').split('\n').length);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(LONGEST_FILE);
    const sorted = lengths.toSorted((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length * 0.9)]).toBeLessThan(350);
  });
});
