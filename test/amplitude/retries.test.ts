import { describe, expect, it } from 'vitest';
import {
  type Answerer,
  answerError,
  answerReport,
  envelope,
  fakeAmplitude,
  listening,
  REPORT,
  rejection,
  textOf,
} from './fake-amplitude.ts';

/** Fails as told a number of times, then answers the report. */
const failing =
  (failures: number, fail: Answerer): Answerer =>
  (response, n, request) =>
    n < failures ? fail(response, n, request) : answerReport(response);

const cutInTheMiddle: Answerer = (response) => {
  response.setHeader('content-length', 10_000);
  response.write(envelope().slice(0, 20), () => response.destroy());
};

const hang: Answerer = () => undefined;

const stall: Answerer = (response) => void response.write(envelope().slice(0, 20));

describe('another try is made', () => {
  it.each<[string, Answerer]>([
    ['500', (response) => answerError(response, 500)],
    ['503 as a page', (response) => void response.writeHead(503).end('<html>')],
    ['a cut connection', (response) => void response.destroy()],
    ['a connection cut in the middle', cutInTheMiddle],
  ])('after %s, up to four times', async (_, fail) => {
    const amplitude = await fakeAmplitude(failing(4, fail));
    const options = listening();
    const report = await amplitude.client().fetchReport('abc123', options);
    expect(await textOf(report)).toBe(REPORT);
    expect(report.attempts).toBe(5);
    await report.dispose();
    expect(amplitude.requests).toHaveLength(5);
    const waits = options.progress.filter(({ phase }) => phase === 'backing_off');
    expect(waits).toHaveLength(4);
    expect(waits[0]).toMatchObject({ reason: 'unavailable', until: expect.any(Number) });
  });

  it.each<[string, Answerer]>([
    ['no answer', hang],
    ['an answer that stops', stall],
  ])('after %s in time', async (_, fail) => {
    const amplitude = await fakeAmplitude(failing(1, fail));
    const report = await amplitude.client({ timeout: 200 }).fetchReport('abc123', listening());
    expect(await textOf(report)).toBe(REPORT);
    await report.dispose();
    expect(amplitude.requests).toHaveLength(2);
  });

  it('but not while a slow answer keeps coming', async () => {
    const amplitude = await fakeAmplitude(async (response) => {
      for (const piece of envelope().match(/.{1,12}/gsu) ?? []) {
        response.write(piece);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      response.end();
    });
    const start = performance.now();
    const report = await amplitude.client({ timeout: 300 }).fetchReport('abc123', listening());
    expect(performance.now() - start).toBeGreaterThan(300);
    expect(await textOf(report)).toBe(REPORT);
    await report.dispose();
    expect(amplitude.requests).toHaveLength(1);
  });
});

describe('after five tries it ends', () => {
  it.each<[string, Answerer, string]>([
    ['503', (response) => answerError(response, 503, 'Overloaded'), '503: "Overloaded"'],
    ['cut connections', (response) => void response.destroy(), 'connection was cut'],
    ['no answer', hang, 'nothing came for 0.02 s'],
    ['bodies that stop', stall, 'nothing came for 0.02 s'],
  ])('with what happened: %s', async (_, fail, what) => {
    const amplitude = await fakeAmplitude(fail);
    const client = amplitude.client({ timeout: 20 });
    const error = await rejection(client.fetchReport('abc123', listening()));
    expect(error).toMatchObject({
      code: 'amplitude_unavailable',
      message: expect.stringContaining(what),
    });
    expect(error).toHaveProperty('message', expect.stringContaining('Tried 5 times'));
  });

  it('also where there is no server', async () => {
    const amplitude = await fakeAmplitude(hang);
    // Port 1 of the loopback: nobody listens there.
    const client = amplitude.client({ baseUrl: 'http://127.0.0.1:1' });
    const error = await rejection(client.fetchReport('abc123', listening()));
    expect(error).toMatchObject({
      code: 'amplitude_unavailable',
      message: expect.stringMatching(/abc123.*127\.0\.0\.1:1/),
    });
  });

  it('or no such host', async () => {
    const amplitude = await fakeAmplitude(hang);
    const client = amplitude.client({ baseUrl: 'http://nowhere.invalid' });
    const error = await rejection(client.fetchReport('abc123', listening()));
    expect(error).toMatchObject({ code: 'amplitude_unavailable' });
    expect(error).toHaveProperty('message', expect.stringContaining('cannot be resolved'));
  });
});

it('a failed try gives its place to others while it waits', async () => {
  const amplitude = await fakeAmplitude((response, _, request) =>
    request.url?.includes('bad') ? answerError(response, 500) : answerReport(response),
  );
  const client = amplitude.client();
  const bad = Array.from({ length: 5 }, (_, n) =>
    rejection(client.fetchReport(`bad${n}`, listening())),
  );
  await (await client.fetchReport('good', listening())).dispose();
  expect(await Promise.all(bad)).toHaveLength(5);
});
