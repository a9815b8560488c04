import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import type { FetchProgress } from '../../src/source/amplitude/request/chart-client.ts';
import {
  type Answerer,
  answerError,
  answerReport,
  envelope,
  fakeAmplitude,
  listening,
  openFiles,
  REPORT,
  rejection,
  TOO_MUCH,
  textOf,
} from './fake-amplitude.ts';

const REASON = new Error('Ctrl-C');

/** Large enough to have left memory for a file when it stalls. */
const LARGE = envelope(REPORT.repeat(150_000)).slice(0, -100);

it.each<[string, Answerer, (step: FetchProgress) => boolean]>([
  ['while waiting for its turn', answerReportTo, ({ phase }) => phase === 'waiting'],
  ['before the answer begins', () => undefined, ({ phase }) => phase === 'requesting'],
  [
    'in the middle of the answer',
    (response) => void response.write(envelope().slice(0, 30)),
    ({ phase }) => phase === 'fetching',
  ],
  [
    'in the middle of a large answer',
    (response) => void response.write(LARGE),
    (step) => step.phase === 'fetching' && step.bytes > 9 * 1024 * 1024,
  ],
  [
    'while the queue pauses',
    (response) => answerError(response, 429, TOO_MUCH),
    ({ phase }) => phase === 'backing_off',
  ],
  [
    'before another try',
    (response) => answerError(response, 500),
    ({ phase }) => phase === 'backing_off',
  ],
])('an abort %s ends the fetch with its reason and frees all', async (_, answer, isMoment) => {
  const amplitude = await fakeAmplitude(answer);
  const controller = new AbortController();
  const fetching = amplitude.client().fetchReport('abc123', {
    signal: controller.signal,
    onProgress: (step) => {
      if (isMoment(step)) setTimeout(() => controller.abort(REASON));
    },
  });
  expect(await rejection(fetching)).toBe(REASON);
  await vi.waitFor(() => expect(amplitude.requests.every(({ closed }) => closed)).toBe(true));
  expect(await openFiles(join(tmpdir(), 'chartlift-'))).toBe(0);
});

function answerReportTo(response: Parameters<Answerer>[0]): void {
  setTimeout(() => answerReport(response), 20);
}

it('an abort cuts the connection of an answer that is under way', async () => {
  const amplitude = await fakeAmplitude((response) => void response.write('{"data":"'));
  const controller = new AbortController();
  const fetching = amplitude.client().fetchReport('abc123', {
    signal: controller.signal,
    onProgress: ({ phase }) => {
      if (phase === 'fetching') controller.abort(REASON);
    },
  });
  await rejection(fetching);
  await vi.waitFor(() => expect(amplitude.open).toBe(0));
});

it('an abort of one fetch leaves the others alone', async () => {
  const amplitude = await fakeAmplitude((response) => {
    setTimeout(() => answerReport(response), 20);
  });
  const controller = new AbortController();
  const client = amplitude.client();
  const aborted = Array.from({ length: 8 }, (_, n) =>
    rejection(client.fetchReport(`aborted${n}`, listening({ signal: controller.signal }))),
  );
  const kept = client.fetchReport('kept', listening());
  controller.abort(REASON);
  expect(await Promise.all(aborted)).toEqual(Array.from({ length: 8 }, () => REASON));
  const report = await kept;
  expect(await textOf(report)).toBe(REPORT);
  await report.dispose();
});

it('nothing is asked for when it is aborted already', async () => {
  const amplitude = await fakeAmplitude((response) => answerReport(response));
  const options = listening({ signal: AbortSignal.abort(REASON) });
  expect(await rejection(amplitude.client().fetchReport('abc123', options))).toBe(REASON);
  expect(amplitude.requests).toHaveLength(0);
});
