import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  answerReport,
  envelope,
  fakeAmplitude,
  listening,
  REPORT,
  textOf,
} from './fake-amplitude.ts';

describe('a fetched report', () => {
  it('is the text inside the answer, as often as it is read', async () => {
    const amplitude = await fakeAmplitude((response) => answerReport(response));
    const report = await amplitude.client().fetchReport('abc123', listening());
    expect(await textOf(report)).toBe(REPORT);
    expect(await textOf(report)).toBe(REPORT);
    expect(report.bytes).toBe(Buffer.byteLength(REPORT));
    expect(report.attempts).toBe(1);
    await report.dispose();
    await expect(textOf(report)).rejects.toThrow('disposed');
  });

  it('may come as plain CSV', async () => {
    const amplitude = await fakeAmplitude((response) => void response.end(REPORT));
    const report = await amplitude.client().fetchReport('abc123', listening());
    expect(await textOf(report)).toBe(REPORT);
    await report.dispose();
  });

  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ])('may come compressed with %s', async (coding, compress) => {
    const amplitude = await fakeAmplitude((response) => {
      response.setHeader('content-encoding', coding);
      response.end(compress(envelope()));
    });
    const report = await amplitude.client().fetchReport('abc123', listening());
    expect(amplitude.requests[0]?.headers['accept-encoding']).toContain(coding);
    expect(await textOf(report)).toBe(REPORT);
    await report.dispose();
  });

  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ])('may be short with %s, and long without', async (coding, compress) => {
    const long = `${REPORT}${'"\t1","2"\r\n'.repeat(200_000)}`;
    const answer = compress(envelope(long));
    expect(answer.length).toBeLessThan(32 * 1024);
    const amplitude = await fakeAmplitude((response) => {
      response.setHeader('content-encoding', coding);
      response.end(answer);
    });
    const report = await amplitude.client().fetchReport('abc123', listening());
    expect(await textOf(report)).toBe(long);
    await report.dispose();
  });

  it.each([
    ['short', REPORT],
    ['long', Array.from({ length: 50_000 }, (_, row) => `"${row ** 5}"`).join('\r\n')],
  ])('is not taken for whole when its compressed answer is cut, %s', async (_, text) => {
    const amplitude = await fakeAmplitude((response) => {
      response.setHeader('content-encoding', 'gzip');
      const answer = gzipSync(envelope(text));
      response.end(answer.subarray(0, answer.length - 9));
    });
    const fetching = amplitude.client().fetchReport('abc123', listening());
    await expect(fetching).rejects.toMatchObject({ code: 'amplitude_unavailable' });
  });

  it('may come in pieces that end anywhere', async () => {
    const amplitude = await fakeAmplitude(async (response) => {
      for (const byte of Buffer.from(envelope())) {
        response.write(Uint8Array.of(byte));
        if (byte > 0x7f) await new Promise((resolve) => setTimeout(resolve, 1));
      }
      response.end();
    });
    const report = await amplitude.client().fetchReport('abc123', listening());
    expect(await textOf(report)).toBe(REPORT);
    await report.dispose();
  });

  it('keeps its byte order mark for the reader of reports to see', async () => {
    const amplitude = await fakeAmplitude((response) => answerReport(response, `\ufeff${REPORT}`));
    const report = await amplitude.client().fetchReport('abc123', listening());
    expect(await textOf(report)).toBe(`\ufeff${REPORT}`);
    await report.dispose();
  });

  it('that is not UTF-8 is an error, not another text', async () => {
    const amplitude = await fakeAmplitude(
      (response) => void response.end(Buffer.from([0x22, 0xff, 0xfe, 0x22, 0x2c, 0x0a])),
    );
    const report = await amplitude.client().fetchReport('abc123', listening());
    await expect(textOf(report)).rejects.toMatchObject({
      code: 'not_a_chart_report',
      message: 'The report of chart abc123 is not valid UTF-8 text.',
    });
    await report.dispose();
  });
});

describe('a request', () => {
  it('is a GET with Basic authorization', async () => {
    const amplitude = await fakeAmplitude((response) => answerReport(response));
    const client = amplitude.client({ userAgent: 'chartlift/1.2.3' });
    await (await client.fetchReport('e-czvqr8g', listening())).dispose();
    const [request] = amplitude.requests;
    expect(request?.method).toBe('GET');
    expect(request?.url).toBe('/api/3/chart/e-czvqr8g/csv');
    expect(request?.headers['user-agent']).toBe('chartlift/1.2.3');
    const credentials = request?.headers.authorization?.replace('Basic ', '') ?? '';
    expect(Buffer.from(credentials, 'base64').toString()).toBe(
      `${amplitude.apiKey}:${amplitude.secretKey}`,
    );
  });

  it('never leaves its path, whatever the id holds', async () => {
    const amplitude = await fakeAmplitude((response) => answerReport(response));
    await (await amplitude.client().fetchReport('../../x?y#z', listening())).dispose();
    expect(amplitude.requests[0]?.url).toBe('/api/3/chart/..%2F..%2Fx%3Fy%23z/csv');
  });

  it('keeps the path of a base URL', async () => {
    const amplitude = await fakeAmplitude((response) => answerReport(response));
    const client = amplitude.client({ baseUrl: `${amplitude.url}/amplitude` });
    await (await client.fetchReport('abc123', listening())).dispose();
    expect(amplitude.requests[0]?.url).toBe('/amplitude/api/3/chart/abc123/csv');
  });

  it('uses a connection again', async () => {
    const amplitude = await fakeAmplitude((response) => answerReport(response));
    const client = amplitude.client();
    for (let n = 0; n < 10; n += 1) {
      await (await client.fetchReport(`chart${n}`, listening())).dispose();
    }
    expect(amplitude.connections).toBe(1);
  });

  it('tells its progress', async () => {
    const amplitude = await fakeAmplitude((response) => answerReport(response));
    const options = listening();
    await (await amplitude.client().fetchReport('abc123', options)).dispose();
    expect(options.progress).toEqual([
      { phase: 'waiting' },
      { phase: 'requesting', attempt: 1 },
      { phase: 'fetching', bytes: 0 },
      { phase: 'fetched', bytes: Buffer.byteLength(REPORT) },
    ]);
  });
});

it('five requests of a key are under way at once, over all its clients', async () => {
  const amplitude = await fakeAmplitude((response) => {
    setTimeout(() => answerReport(response), 5);
  });
  const clients = [amplitude.client(), amplitude.client()];
  const reports = await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      (n % 2 === 0 ? clients[0] : clients[1])?.fetchReport(`chart${n}`, listening()),
    ),
  );
  expect(amplitude.atOnce).toBe(5);
  expect(amplitude.connections).toBe(5);
  for (const report of reports) await report?.dispose();
});
