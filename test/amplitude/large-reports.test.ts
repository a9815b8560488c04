import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { constants, createGzip } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  answerReport,
  envelope,
  fakeAmplitude,
  listening,
  openFiles,
  rejection,
  textOf,
} from './fake-amplitude.ts';

const MEBIBYTE = 1024 * 1024;

let temporary: string;

beforeEach(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'chartlift-test-'));
  vi.stubEnv('TMPDIR', temporary);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(temporary, { recursive: true });
});

/** A report of about so many bytes, each line different. */
function largeReport(bytes: number): string {
  const lines = Array.from(
    { length: bytes / 24 },
    (_, n) => `"\tline ${String(n).padStart(8, '0')}ö","1"`,
  );
  return `"\tLarge"\r\n\r\n"\tSegment","\t2026-06-01"\r\n${lines.join('\r\n')}\r\n`;
}

describe('a report', () => {
  it('of up to 8 MiB stays in memory', async () => {
    const text = largeReport(7 * MEBIBYTE);
    const amplitude = await fakeAmplitude((response) => answerReport(response, text));
    const report = await amplitude.client().fetchReport('abc123', listening());
    expect(await openFiles(temporary)).toBe(0);
    expect((await textOf(report)) === text).toBe(true);
    await report.dispose();
  });

  it('that is larger lies in a file without a name, and can be read again', async () => {
    const text = largeReport(20 * MEBIBYTE);
    const amplitude = await fakeAmplitude((response) => answerReport(response, text));
    const options = listening();
    const report = await amplitude.client().fetchReport('abc123', options);
    expect(await openFiles(temporary)).toBe(1);
    expect(await readdir(temporary)).toEqual([]);
    expect(report.bytes).toBe(Buffer.byteLength(text));
    const [first, second] = await Promise.all([textOf(report), textOf(report)]);
    expect(first === text).toBe(true);
    expect(second === text).toBe(true);
    await report.dispose();
    await report.dispose();
    expect(await openFiles(temporary)).toBe(0);
    const seen = options.progress.flatMap((step) => (step.phase === 'fetching' ? step.bytes : []));
    expect(seen.length).toBeGreaterThan(10);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  });

  it('comes in pieces of about a mebibyte', async () => {
    const text = largeReport(12 * MEBIBYTE);
    const amplitude = await fakeAmplitude((response) => answerReport(response, text));
    const report = await amplitude.client().fetchReport('abc123', listening());
    for await (const chunk of report.chunks()) expect(chunk.length).toBeLessThanOrEqual(MEBIBYTE);
    await report.dispose();
  });

  it('leaves no file behind if it breaks off', async () => {
    const text = envelope(largeReport(20 * MEBIBYTE));
    const amplitude = await fakeAmplitude((response) => void response.end(text.slice(0, -10)));
    const error = await rejection(amplitude.client().fetchReport('abc123', listening()));
    expect(error).toMatchObject({ code: 'not_a_chart_report' });
    expect(await openFiles(temporary)).toBe(0);
    expect(await readdir(temporary)).toEqual([]);
  });

  it('that finds no room for its file says so', async () => {
    vi.stubEnv('TMPDIR', join(temporary, 'missing'));
    const text = largeReport(12 * MEBIBYTE);
    const amplitude = await fakeAmplitude((response) => answerReport(response, text));
    const error = await rejection(amplitude.client().fetchReport('abc123', listening()));
    expect(error).toMatchObject({
      code: 'report_too_large',
      message: expect.stringMatching(/abc123.*missing.*ENOENT/),
      hint: expect.stringContaining('TMPDIR'),
    });
  });
});

describe('the size limit', () => {
  it('ends a report that is larger', async () => {
    const text = largeReport(3 * MEBIBYTE);
    const amplitude = await fakeAmplitude((response) => answerReport(response, text));
    const client = amplitude.client({ maxBytes: 2 * MEBIBYTE });
    const error = await rejection(client.fetchReport('abc123', listening()));
    expect(error).toMatchObject({
      code: 'report_too_large',
      message: 'The report of chart abc123 is larger than 2 MiB.',
    });
    expect(amplitude.requests).toHaveLength(1);
  });

  it('counts what is unpacked, and stops at once', async () => {
    let sent = 0;
    let gone = false;
    const amplitude = await fakeAmplitude((response) => {
      response.setHeader('content-encoding', 'gzip');
      const zip = createGzip({ level: constants.Z_BEST_SPEED });
      zip.on('data', (packed: Buffer) => {
        sent += packed.length;
      });
      response.on('close', () => {
        gone = true;
      });
      // A gibibyte of blank lines, in four megabytes.
      async function* bomb() {
        yield '{"data":"';
        for (let n = 0; n < 1_024 && !gone; n += 1) yield ' '.repeat(MEBIBYTE);
      }
      pipeline(bomb, zip, response).catch(() => undefined);
    });
    const options = listening();
    const client = amplitude.client({ maxBytes: 10 * MEBIBYTE });
    const error = await rejection(client.fetchReport('abc123', options));
    expect(error).toMatchObject({ code: 'report_too_large' });
    const most = Math.max(
      ...options.progress.flatMap((step) => (step.phase === 'fetching' ? step.bytes : [])),
    );
    expect(most).toBeLessThanOrEqual(10 * MEBIBYTE);
    await vi.waitFor(() => expect(gone).toBe(true));
    expect(sent).toBeLessThan(4 * MEBIBYTE);
    expect(await openFiles(temporary)).toBe(0);
  });
});
