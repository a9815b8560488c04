import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
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
  it.each(program.commands.map((command) => command.name()))('describe command %s', (name) => {
    expect(commands).toContain(`## chartlift ${name}\n`);
  });

  it('describe every option by its long name', () => {
    const options = program.commands.flatMap((command) =>
      command.options.map((option) => option.long),
    );
    const missing = [...new Set(options)].filter((option) => !commands.includes(`${option}`));
    expect(missing).toEqual([]);
  });

  it('describe no option that is not there', () => {
    const options = new Set(
      program.commands.flatMap((command) => command.options.map((option) => option.long)),
    );
    const named = [...commands.matchAll(/`(--[a-z-]+)/g)].map(([, option]) => option ?? '');
    expect(named.filter((option) => option !== '--help' && !options.has(option))).toEqual([]);
  });

  it('give a reason for every dependency', () => {
    const reasons = read('docs/decisions/0002-dependencies.md');
    const names = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(names.filter((name) => !reasons.includes(`\`${name}\``))).toEqual([]);
  });

  it('link to files that are there', () => {
    const pages = ['README.md', 'CONTRIBUTING.md', ...globSync('docs/**/*.md', { cwd: root })];
    const broken = pages.flatMap((page) =>
      [...read(page).matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)]
        .map(([, target]) => join(dirname(page), target ?? ''))
        .filter((target) => !existsSync(join(root, target)))
        .map((target) => `${page}: ${target}`),
    );
    expect(broken).toEqual([]);
  });

  it('name npm scripts that are there', () => {
    const pages = ['README.md', 'CONTRIBUTING.md', ...globSync('docs/**/*.md', { cwd: root })];
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
