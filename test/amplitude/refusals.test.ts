import { describe, expect, it } from 'vitest';
import {
  answerError,
  answerReport,
  fakeAmplitude,
  fastClock,
  listening,
  REPORT,
  rejection,
  TOO_MUCH,
  textOf,
} from './fake-amplitude.ts';

describe('a 429', () => {
  it.each([
    ['without Retry-After', undefined, 15_000],
    ['with Retry-After', '40', 40_000],
  ])('%s pauses and passes in the end', async (_, retryAfter, pause) => {
    const amplitude = await fakeAmplitude((response, n) => {
      if (n > 0) return answerReport(response);
      if (retryAfter !== undefined) response.setHeader('retry-after', retryAfter);
      answerError(response, 429, TOO_MUCH);
    });
    const clock = fastClock();
    const start = clock.now();
    const options = listening();
    const report = await amplitude.client({ clock }).fetchReport('abc123', options);
    expect(clock.now() - start).toBeGreaterThanOrEqual(pause);
    expect(await textOf(report)).toBe(REPORT);
    expect(report.attempts).toBe(2);
    await report.dispose();
    const wait = options.progress.find((step) => step.phase === 'backing_off');
    expect(wait).toMatchObject({ reason: 'rate_limited' });
    expect(wait?.phase === 'backing_off' && wait.until - start).toBeGreaterThanOrEqual(pause);
  });

  it('is no failed try: more than five may come', async () => {
    const amplitude = await fakeAmplitude((response, n) =>
      n < 8 ? answerError(response, 429, TOO_MUCH) : answerReport(response),
    );
    const report = await amplitude.client().fetchReport('abc123', listening());
    expect(report.attempts).toBe(9);
    await report.dispose();
  });

  it('stops the whole queue of its key', async () => {
    const amplitude = await fakeAmplitude((response, n) =>
      n === 0 ? answerError(response, 429, TOO_MUCH) : setTimeout(() => answerReport(response), 5),
    );
    const charts = Array.from({ length: 12 }, (_, n) => ({
      id: `chart${n}`,
      options: listening(),
    }));
    const client = amplitude.client();
    const reports = await Promise.all(
      charts.map(({ id, options }) => client.fetchReport(id, options)),
    );
    for (const report of reports) await report.dispose();
    expect(amplitude.requests).toHaveLength(13);
    expect(amplitude.requests[5]?.url).toContain('chart0/');
    expect(charts[11]?.options.progress).toContainEqual(
      expect.objectContaining({ phase: 'backing_off', reason: 'rate_limited' }),
    );
  });

  it('for too many at once leaves fewer at once, and nobody waits for minutes', async () => {
    let underWay = 0;
    const amplitude = await fakeAmplitude((response) => {
      underWay += 1;
      const refused = underWay > 3;
      response.on('close', () => {
        underWay -= 1;
      });
      setTimeout(
        () =>
          refused
            ? answerError(response, 429, 'Exceeded concurrent limit')
            : answerReport(response),
        5,
      );
    });
    const clock = fastClock();
    const start = clock.now();
    const client = amplitude.client({ clock });
    const charts = Array.from({ length: 30 }, (_, n) =>
      client.fetchReport(`chart${n}`, listening()),
    );
    for (const report of await Promise.all(charts)) await report.dispose();
    // 30 charts of 5 ms, three at once, are 50 s of this clock; none of it is a pause of minutes.
    expect(clock.now() - start).toBeLessThan(600_000);
    expect(amplitude.requests.length).toBeLessThan(40);
  });
});

describe('the deadline of a run', () => {
  it('ends the waiting for a rate limit, with its details', async () => {
    const amplitude = await fakeAmplitude((response) => answerError(response, 429, TOO_MUCH));
    const clock = fastClock();
    const client = amplitude.client({ clock });
    const deadline = clock.now() + 50_000;
    const error = await rejection(client.fetchReport('abc123', listening({ deadline })));
    expect(error).toMatchObject({
      code: 'rate_limited',
      message: expect.stringMatching(/abc123.*cost 1800/),
    });
    // A timer may be a millisecond early, which is a second of this clock.
    expect(clock.now()).toBeGreaterThan(deadline - 1_000);
  });

  it('also for charts that were not asked for yet', async () => {
    const amplitude = await fakeAmplitude((response) => answerError(response, 429, TOO_MUCH));
    const clock = fastClock();
    const client = amplitude.client({ clock });
    const deadline = clock.now() + 50_000;
    const errors = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        rejection(client.fetchReport(`chart${n}`, listening({ deadline }))),
      ),
    );
    expect(errors.map((error) => error instanceof Error && 'code' in error && error.code)).toEqual(
      Array.from({ length: 10 }, () => 'rate_limited'),
    );
  });

  it('ends a request that has no answer', async () => {
    const amplitude = await fakeAmplitude(() => undefined);
    const clock = fastClock();
    const deadline = clock.now() + 30_000;
    const error = await rejection(
      amplitude.client({ clock }).fetchReport('abc123', listening({ deadline })),
    );
    expect(error).toMatchObject({ code: 'amplitude_unavailable' });
  });

  it('does not matter to what is there in time', async () => {
    const amplitude = await fakeAmplitude((response) => answerReport(response));
    const clock = fastClock();
    const deadline = clock.now() + 5_000_000;
    const report = await amplitude.client({ clock }).fetchReport('abc123', listening({ deadline }));
    expect(await textOf(report)).toBe(REPORT);
    await report.dispose();
  });
});
