import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startSimulator } from '../src/simulator/simulator.ts';
import { SHOP_KEYS } from './cli/cli-process.ts';
import { runProcess, startProcess } from './cli/run-process.ts';
import { temporaryDirectory } from './sync/lake-fixture.ts';

const root = join(import.meta.dirname, '..');

describe('the package that is published', () => {
  it('works from an empty folder', async () => {
    const directory = await temporaryDirectory();
    const npm = (args: readonly string[], cwd: string) =>
      execFileSync('npm', [...args, '--loglevel=error'], { cwd, encoding: 'utf8' });
    npm(['pack', '--pack-destination', directory], root);
    const [tarball = ''] = readdirSync(directory).filter((name) => name.endsWith('.tgz'));
    const folder = join(directory, 'empty');
    await mkdir(folder);
    await writeFile(join(folder, 'package.json'), '{"name":"somewhere","private":true}');
    npm(
      ['install', '--prefer-offline', '--no-audit', '--no-fund', join(directory, tarball)],
      folder,
    );

    const installed = join(folder, 'node_modules', 'chartlift');
    expect(readdirSync(installed).toSorted()).toEqual(
      expect.arrayContaining(['CHANGELOG.md', 'LICENSE', 'README.md', 'dist', 'package.json']),
    );
    for (const absent of ['src', 'test', 'docs', 'bench', 'scripts', 'web', 'dist/web/.vite']) {
      expect(existsSync(join(installed, absent))).toBe(false);
    }

    expect(globSync('dist/**/{*.map,.*}', { cwd: installed })).toEqual([]);
    const { dependencies } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
    expect(packagesOf(installed)).toEqual(new Set(Object.keys(dependencies)));
    // What they are made of may be passed on with its licenses only.
    for (const [part, library] of [
      ['cli', 'kysely'],
      ['web', 'react'],
    ]) {
      const licenses = readFileSync(join(installed, `dist/${part}/licenses.md`), 'utf8');
      expect(licenses).toMatch(new RegExp(`^## ${library} - .* \\(MIT\\)$`, 'm'));
    }

    const bin = join(folder, 'node_modules', '.bin', 'chartlift');
    await servesItsApp(bin, folder);

    const simulator = await startSimulator();
    try {
      const sync = ['sync', '--base-url', simulator.url, '--lake', 'lake', '--chart', 'g4n8wl3r'];
      const { code, stdout, stderr } = await runProcess(bin, sync, { cwd: folder, env: SHOP_KEYS });
      expect(stderr).toContain('300 rows → raw.chart_g4n8wl3r version 0');
      expect(stdout).toContain('success: 2 new of 2 streams');
      expect(code).toBe(0);
      const query = [
        'sql',
        '--lake',
        'lake',
        '--format',
        'csv',
        'SELECT count(*) AS n FROM raw.chart_g4n8wl3r',
      ];
      expect(await runProcess(bin, query, { cwd: folder })).toMatchObject({
        code: 0,
        stdout: 'n\r\n300\r\n',
      });
    } finally {
      await simulator.close();
    }
  }, 300_000);
});

/** What the command line of a package asks for that is neither part of it nor of Node.js. */
function packagesOf(installed: string): ReadonlySet<string> {
  const files = globSync('dist/cli/*.js', { cwd: installed });
  const asked = files.flatMap((file) => [
    ...readFileSync(join(installed, file), 'utf8').matchAll(
      /^import (?:[^"\n]* from )?"([^"]+)";$|\b(?:import|__require)\("([^"]+)"\)/gm,
    ),
  ]);
  const names = asked.map(([, always, later]) => always ?? later ?? '');
  return new Set(names.filter((name) => !name.startsWith('.') && !isBuiltin(name)));
}

/** Starts the service of a package, opens its page as a browser does, and stops it. */
async function servesItsApp(bin: string, cwd: string): Promise<void> {
  const service = startProcess(bin, ['serve', '--port', '0'], { cwd });
  try {
    const [url] = await service.untilMatch(/http:\/\/127\.0\.0\.1:\d+/);
    const page = await fetch(`${url}/sources`, { headers: { Accept: 'text/html' } });
    expect(page.status).toBe(200);
    const scripts = [...(await page.text()).matchAll(/"(\/assets\/[^"]+\.js)"/g)];
    const answers = await Promise.all(
      scripts.map(async ([, script = '']) => {
        const answer = await fetch(url + script, { headers: { 'Accept-Encoding': 'br' } });
        return { encoding: answer.headers.get('Content-Encoding'), text: await answer.text() };
      }),
    );
    expect(answers).toContainEqual({ encoding: 'br', text: expect.stringContaining('chartlift') });
  } finally {
    service.kill('SIGTERM');
    await service.ended;
  }
}
