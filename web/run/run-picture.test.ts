import { describe, expect, it } from 'vitest';
import type { Followed } from '../api/follow.ts';
import {
  knowsAll,
  NOTHING_SEEN,
  pauseOf,
  progressOf,
  seeEvents,
  statusOf,
  waitOf,
} from './run-picture.ts';

const NOW = Date.parse('2026-01-01T00:00:00Z');
let seq = 0;

function line(type: string, stream: string | null, data: Record<string, unknown> = {}): Followed {
  seq += 1;
  const at = '2026-01-01T00:00:00.000Z';
  return { name: type, data: { seq, at, level: 'info', type, stream, message: type, data } };
}

const started = () => line('started', null, { streams: ['chart_a', 'chart_b'] });
const waiting = (stream: string, until: number, reason = 'rate_limited') =>
  line('stream_waiting', stream, { until: new Date(until).toISOString(), reason });

describe('seeEvents', () => {
  it('knows the streams in the order in which the run reads them', () => {
    const picture = seeEvents(NOTHING_SEEN, [started()]);
    expect([...picture.streams]).toEqual([
      ['chart_a', { phase: 'pending' }],
      ['chart_b', { phase: 'pending' }],
    ]);
    expect(picture.isStarted).toBe(true);
  });

  it('follows a stream from its request to its result', () => {
    const begin = started();
    const phases = [
      line('stream_requesting', 'chart_a', { attempt: 2 }),
      line('stream_fetching', 'chart_a', { bytes: 12 }),
      line('stream_rows', 'chart_a', { rows: 7 }),
      line('stream_ended', 'chart_a', {
        table: 'raw.chart_a',
        status: 'success',
        rows: 7,
        version: 3,
        change: { added: 1, removed: 0, changed: 2 },
        attempts: 2,
        duration_ms: 90,
        warnings: [{ code: 'row_kept', message: 'A row is kept.' }],
        error: null,
      }),
    ];
    let picture = seeEvents(NOTHING_SEEN, [begin]);
    const seen = phases.map((event) => {
      picture = seeEvents(picture, [event]);
      return picture.streams.get('chart_a');
    });
    expect(seen.slice(0, 3)).toEqual([
      { phase: 'requesting', attempt: 2 },
      { phase: 'reading', bytes: 12 },
      { phase: 'writing', rows: 7 },
    ]);
    expect(seen[3]).toMatchObject({
      phase: 'ended',
      result: { status: 'success', rows: 7, version: 3, change: { added: 1, changed: 2 } },
    });
    expect(progressOf(picture)).toEqual({ done: 1, total: 2 });
  });

  it('takes an event that comes again after a lost connection once', () => {
    const events = [started(), line('stream_requesting', 'chart_a', { attempt: 1 })];
    const once = seeEvents(NOTHING_SEEN, events);
    const twice = seeEvents(once, events);
    expect(twice.log).toBe(once.log);
    expect(twice.streams.get('chart_a')).toEqual({ phase: 'requesting', attempt: 1 });
  });

  it('gives the same picture for events one by one and all at once', () => {
    const events = [started(), waiting('chart_a', NOW + 5_000), line('run_ended', null)];
    const atOnce = seeEvents(NOTHING_SEEN, events);
    const oneByOne = events.reduce((picture, event) => seeEvents(picture, [event]), NOTHING_SEEN);
    expect(oneByOne).toEqual(atOnce);
  });

  it('does not trip over what it does not know', () => {
    const odd: Followed[] = [
      { name: 'started', data: null },
      { name: 'started', data: { seq: 'x' } },
      { name: 'ended', data: { id: 3 } },
    ];
    expect(seeEvents(NOTHING_SEEN, odd)).toEqual(NOTHING_SEEN);
  });
});

describe('statusOf', () => {
  it('calls a queued run running as soon as its first event is there', () => {
    const run = { status: 'queued' } as const;
    expect(statusOf(run, NOTHING_SEEN)).toBe('queued');
    expect(statusOf(run, seeEvents(NOTHING_SEEN, [started()]))).toBe('running');
  });
});

describe('knowsAll', () => {
  it.each([
    ['a run that goes on, whose plan is not known', 'running', false, false],
    ['a run that goes on, whose plan is known', 'running', true, true],
    ['a run that ended early, before its events are heard', 'canceled', true, false],
    ['a run that came to its end', 'success', false, true],
  ] as const)('is told of %s', (_, status, isPlanKnown, known) => {
    expect(knowsAll({ status }, NOTHING_SEEN, isPlanKnown)).toBe(known);
    expect(knowsAll({ status }, seeEvents(NOTHING_SEEN, [started()]), false)).toBe(true);
  });
});

describe('waits', () => {
  it('are of the whole run only if nothing else moves', () => {
    const paused = seeEvents(NOTHING_SEEN, [started(), waiting('chart_a', NOW + 9_000)]);
    expect(waitOf(paused, NOW)).toBe(NOW + 9_000);
    const busy = seeEvents(paused, [line('stream_rows', 'chart_b', { rows: 1 })]);
    expect(waitOf(busy, NOW)).toBeNull();
    expect(pauseOf(busy, NOW)).toBe(NOW + 9_000);
  });

  it('end when their time has come', () => {
    const paused = seeEvents(NOTHING_SEEN, [started(), waiting('chart_a', NOW + 9_000)]);
    expect(waitOf(paused, NOW + 9_000)).toBeNull();
    expect(pauseOf(paused, NOW + 9_000)).toBeNull();
  });
});
