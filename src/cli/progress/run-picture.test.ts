import { describe, expect, it } from 'vitest';
import { ChartliftError } from '../../errors.ts';
import type { RunEvent } from '../../sync/run-events.ts';
import { createRunPicture } from './run-picture.ts';

const NOW = 1_000_000;

function ended(
  stream: string,
  changes: Partial<Extract<RunEvent, { type: 'ended' }>['result']> = {},
): RunEvent {
  const result = {
    stream,
    table: `raw.${stream}`,
    title: null,
    status: 'success',
    rows: 300,
    version: 2,
    bytes: 4_096,
    change: null,
    durationMs: 1_234,
    attempts: 1,
    warnings: [],
    error: null,
    ...changes,
  } as const;
  return { type: 'ended', result };
}

function draw(events: readonly RunEvent[], height = 10) {
  const picture = createRunPicture();
  for (const event of events) picture.take(event);
  return picture.lines(NOW, height).map(({ mark, name, text }) => `${mark} ${name}: ${text}`);
}

const started: RunEvent = { type: 'started', runId: 'r', streams: ['a', 'b'] };

describe('the picture of a run', () => {
  it('shows each stream on its way', () => {
    const reading = (progress: Extract<RunEvent, { type: 'reading' }>['progress']): RunEvent => ({
      type: 'reading',
      progress,
    });
    const steps: [RunEvent, string][] = [
      [reading({ stream: 'a', phase: 'waiting' }), 'waiting a: waiting'],
      [reading({ stream: 'a', phase: 'requesting', attempt: 1 }), 'active a: requesting'],
      [reading({ stream: 'a', phase: 'requesting', attempt: 3 }), 'active a: requesting, try 3'],
      [reading({ stream: 'a', phase: 'fetching', bytes: 2_000_000 }), 'active a: reading 2.0 MB'],
      [reading({ stream: 'a', phase: 'fetched', bytes: 2_000_000 }), 'active a: read 2.0 MB'],
      [{ type: 'rows', stream: 'a', rows: 65_536 }, 'active a: reading 65,536 rows'],
      [{ type: 'state', stream: 'a', state: 'staged' }, 'active a: committing'],
      [ended('a'), 'done a: 300 rows → raw.a version 2 (1.2 s)'],
      [ended('a', { status: 'unchanged' }), 'done a: unchanged, 300 rows (version 2, 1.2 s)'],
      [ended('a', { status: 'empty', rows: 0 }), 'done a: empty: the chart has no rows (1.2 s)'],
    ];
    for (const [event, line] of steps) expect(draw([started, event])[0]).toBe(line);
  });

  it('counts down while Amplitude asks to wait', () => {
    const until = (reason: 'rate_limited' | 'unavailable', ms: number): RunEvent => ({
      type: 'reading',
      progress: { stream: 'a', phase: 'backing_off', until: NOW + ms, reason },
    });
    expect(draw([started, until('rate_limited', 14_200)])[0]).toBe(
      'paused a: rate limited, next try in 15.0 s',
    );
    expect(draw([started, until('unavailable', -5)])[0]).toBe(
      'paused a: no answer, waits its turn',
    );
  });

  it('says why a stream failed, on one line', () => {
    const error = new ChartliftError('chart_not_found', 'No chart\na.', 'Check it.');
    expect(draw([started, ended('a', { status: 'failed', error, rows: null })])[0]).toBe(
      'failed a: failed: No chart\\na.',
    );
  });

  it('shows what matters where there is no room for all', () => {
    const streams = Array.from({ length: 20 }, (_, at) => `s${at}`);
    const error = new ChartliftError('chart_not_found', 'No chart.', 'Check it.');
    const lines = draw(
      [
        { type: 'started', runId: 'r', streams },
        { type: 'reading', progress: { stream: 's7', phase: 'requesting', attempt: 1 } },
        ended('s0'),
        ended('s1', { status: 'failed', error, rows: null }),
      ],
      4,
    );
    expect(lines).toEqual([
      'summary 20 streams: 1 done, 1 failed, 1 under way, 17 waiting',
      'active s7: requesting',
      'failed s1: failed: No chart.',
    ]);
  });
});
