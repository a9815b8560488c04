import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDesiredState } from '../src/cli/apply/read-sources-file.ts';
import { createProgram } from '../src/cli/command-line.ts';
import type { Terminal } from '../src/cli/terminal.ts';
import { ERROR_FACTS } from '../src/errors.ts';
import { VERSION } from '../src/version.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const manifest = JSON.parse(read('package.json'));

const terminal: Terminal = {
  out: () => undefined,
  err: () => undefined,
  stdout: process.stdout,
  stderr: process.stderr,
  env: {},
  signal: new AbortController().signal,
};
const program = createProgram({ terminal, exitWith: () => undefined });

/** Every command with those under it, by the names that call it: `source create`. */
function allCommands(
  { commands }: Pick<typeof program, 'commands'>,
  above = '',
): { readonly name: string; readonly options: readonly string[] }[] {
  return commands.flatMap((command) => {
    const name = `${above}${command.name()}`;
    const options = command.options.map((option) => option.long ?? '');
    return [{ name, options }, ...allCommands(command, `${name} `)];
  });
}

describe('the docs', () => {
  const errors = read('docs/errors.md');
  it.each(Object.entries(ERROR_FACTS))('describe error %s with its exit code', (code, facts) => {
    expect(errors).toMatch(new RegExp(`\\| \`${code}\` \\| ${facts.exitCode} \\|`));
  });

  it('describe no error that is not there', () => {
    const codes = [...errors.matchAll(/^\| `(\w+)` \|/gm)].map(([, code]) => code);
    expect(codes.toSorted()).toEqual(Object.keys(ERROR_FACTS).toSorted());
  });

  const commands = read('docs/commands.md');
  const known = allCommands(program);
  it.each(known.map(({ name }) => name))('describe command %s', (name) => {
    expect(commands).toContain(`## chartlift ${name}\n`);
  });

  it('describe every option by its long name', () => {
    const options = known.flatMap((command) => command.options);
    const missing = [...new Set(options)].filter((option) => !commands.includes(`${option}`));
    expect(missing).toEqual([]);
  });

  it('describe no option that is not there', () => {
    const options = new Set(known.flatMap((command) => command.options));
    const named = [...commands.matchAll(/`(--[a-z0-9-]+)/g)].map(([, option]) => option ?? '');
    expect(named.filter((option) => option !== '--help' && !options.has(option))).toEqual([]);
  });

  const service = read('docs/service.md');
  it('describe every variable of the environment', () => {
    const files = globSync('src/**/*.ts', { cwd: root });
    const names = files.flatMap((file) =>
      [...read(file).matchAll(/env(?:\[|, )'((?:CHARTLIFT|AMPLITUDE|DATABASE)_[A-Z_]+)'/g)].map(
        ([, name]) => name ?? '',
      ),
    );
    expect(names).toContain('CHARTLIFT_HOME');
    expect(names).toContain('CHARTLIFT_TRUST_PROXY');
    expect([...new Set(names)].filter((name) => !service.includes(`\`${name}\``))).toEqual([]);
  });

  it('show a file of sources that can be read', () => {
    const [, example = ''] = /```yaml\n(version:[\s\S]*?)```/.exec(service) ?? [];
    const { sources, warnings } = readDesiredState(example, 'the example', {});
    expect(warnings).toEqual([]);
    expect(sources).toMatchObject([{ name: 'Marketing', charts: ['abc123', 'def456'] }]);
    expect(sources[0]?.streams.map(({ selected }) => selected)).toEqual([true, true, false]);
  });

  it('give a reason for every dependency', () => {
    const reasons = read('docs/decisions/0002-dependencies.md');
    const names = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(names.filter((name) => !reasons.includes(`\`${name}\``))).toEqual([]);
  });

  const pages = [
    'README.md',
    'CONTRIBUTING.md',
    'CHANGELOG.md',
    ...globSync('docs/**/*.md', { cwd: root }),
  ];

  it('name no variable of the environment that nothing reads', () => {
    const variablesOf = (paths: readonly string[]) =>
      new Set(paths.flatMap((path) => read(path).match(/\bCHARTLIFT_[A-Z_]*[A-Z]\b/g) ?? []));
    const known = variablesOf(globSync('{src,test}/**/*.ts', { cwd: root }));
    expect([...variablesOf(pages)].filter((name) => !known.has(name))).toEqual([]);
  });

  it('link to files that are there', () => {
    const broken = pages.flatMap((page) =>
      [...read(page).matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)]
        .map(([, target]) => join(dirname(page), target ?? ''))
        .filter((target) => !existsSync(join(root, target)))
        .map((target) => `${page}: ${target}`),
    );
    expect(broken).toEqual([]);
  });

  it('link to headings that are there', () => {
    const anchors = (page: string) =>
      [...read(page).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
        heading
          .toLowerCase()
          .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
          .replaceAll(' ', '-'),
      );
    const broken = pages.flatMap((page) =>
      [...read(page).matchAll(/\]\(([^)#:]*)#([^)]*)\)/g)]
        .map(([, path = '', anchor = '']) => ({
          target: path === '' ? page : join(dirname(page), path),
          anchor,
        }))
        .filter(({ target, anchor }) => !anchors(target).includes(anchor))
        .map(({ target, anchor }) => `${page}: ${target}#${anchor}`),
    );
    expect(broken).toEqual([]);
  });

  it('name npm scripts that are there', () => {
    const scripts = pages.flatMap((page) =>
      [...read(page).matchAll(/npm run (?:-s )?([a-z:]+)/g)].map(([, script]) => script ?? ''),
    );
    expect(scripts.filter((script) => !(script in manifest.scripts))).toEqual([]);
  });
});

describe('the package', () => {
  it('says its version once', () => {
    expect(VERSION).toBe(manifest.version);
  });

  it('has exact versions of everything', () => {
    const versions = Object.values({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(versions.filter((version) => !/^\d+\.\d+\.\d+[\w.-]*$/.test(String(version)))).toEqual(
      [],
    );
  });

  it('has a lock file that tells no address', () => {
    expect(read('package-lock.json')).not.toContain('"resolved"');
  });
});
