import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { temporaryDirectory } from '../sync/lake-fixture.ts';
import { accountOf, startForTest, TOKEN } from './running-service.ts';

const root = join(import.meta.dirname, '..', '..');
const SCRIPT = join(root, 'docs', 'examples', 'walk.sh');

it('the source document can be walked with curl alone', async () => {
  const service = await startForTest({ home: await temporaryDirectory() });
  try {
    const { api_key, secret_key } = accountOf(service.simulator, []);
    const walk = spawn('bash', [SCRIPT, 'q7m2xk4p', 'g4n8wl3r'], {
      env: {
        PATH: process.env['PATH'] ?? '',
        CHARTLIFT_URL: service.url,
        CHARTLIFT_TOKEN: TOKEN,
        AMPLITUDE_API_KEY: api_key,
        AMPLITUDE_SECRET_KEY: secret_key,
      },
    });
    const [out, err, [code]] = await Promise.all([
      text(walk.stdout),
      text(walk.stderr),
      once(walk, 'close'),
    ]);
    expect(err).toBe('');
    expect(code, out).toBe(0);
    expect(out).toContain('Every day at 06:30, Europe/Berlin');
    expect(out).toContain('raw.walk_chart_q7m2xk4p has 30 rows in version 0.');
    expect(out).toContain('"rows":[["Daily buyers",30]]');
    expect(out).toContain('raw.walk_chart_q7m2xk4p is as it was: 30 rows, version 0.');
    expect(out).toContain('raw.walk_chart_g4n8wl3r has 300 rows in version 0.');
    expect(out.match(/^ {4}success$/gm)).toHaveLength(2);
  } finally {
    await service.stop();
  }
});

it('that walk stands in the docs', () => {
  expect(readFileSync(join(root, 'docs', 'api.md'), 'utf8')).toContain('examples/walk.sh');
});
