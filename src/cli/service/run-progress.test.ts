import { describe, expect, it } from 'vitest';
import { ChartliftError } from '../../errors.ts';
import { createRunLog } from '../../service/run-log.ts';
import type { RunEvent } from '../../sync/run-events.ts';
import type { StreamResult } from '../../sync/run-result.ts';
import type { ApiRunDetail } from './api-types.ts';
import { runEventOf, runExitCode } from './run-progress.ts';

const NOW = Date.UTC(2026, 5, 1);

const result: StreamResult = {
  stream: 'chart_a',
  table: 'raw.chart_a',
  title: null,
  status: 'success',
  rows: 300,
  version: 2,
  bytes: 9_000,
  change: null,
  durationMs: 1_200,
  attempts: 1,
  warnings: [{ code: 'empty_chart', message: 'Look.' }],
  error: null,
};

/** What the API gives for an event: the service's own line, through JSON. */
function through(event: RunEvent) {
  const line = createRunLog(() => NOW)(event);
  return line && runEventOf('run_1', JSON.parse(JSON.stringify({ seq: 1, ...line })));
}

describe('the events of a run', () => {
  const events: readonly RunEvent[] = [
    { type: 'started', runId: 'run_1', streams: ['chart_a'] },
    { type: 'reading', progress: { stream: 'chart_a', phase: 'requesting', attempt: 2 } },
    { type: 'reading', progress: { stream: 'chart_a', phase: 'fetching', bytes: 5 } },
    { type: 'reading', progress: { stream: 'chart_a', phase: 'fetched', bytes: 5 } },
    {
      type: 'reading',
      progress: {
        stream: 'chart_a',
        phase: 'backing_off',
        until: NOW + 15_000,
        reason: 'rate_limited',
      },
    },
    { type: 'rows', stream: 'chart_a', rows: 300 },
    { type: 'ended', result },
    {
      type: 'ended',
      result: {
        ...result,
        status: 'failed',
        rows: null,
        error: new ChartliftError('chart_not_found', 'It is gone.', 'Check the id.'),
      },
    },
  ];

  it.each(events)('come through the log of the service as they were: %j', (event) => {
    expect(through(event)).toEqual(event);
  });

  it('of other kinds are not shown', () => {
    const line = { seq: 1, at: '', level: 'info', stream: null, message: '', data: {} } as const;
    expect(runEventOf('run_1', { ...line, type: 'queued' })).toBeNull();
    expect(runEventOf('run_1', { ...line, type: 'stream_rows' })).toBeNull();
  });
});

describe('the exit code of a run', () => {
  const run = (status: ApiRunDetail['status'], ...codes: readonly (string | null)[]) => {
    const error = (code: string | null) => (code === null ? null : { code, message: '', help: '' });
    const [whole = null, ...streams] = codes;
    const results = streams.map((code) => ({ error: error(code) }));
    return runExitCode({ status, error: error(whole), results } as ApiRunDetail);
  };

  it('is that of sync', () => {
    expect(run('success', null, null)).toBe(0);
    expect(run('partial', null, null, 'chart_not_found')).toBe(1);
    expect(run('failed', null, 'secret_key_wrong')).toBe(3);
    expect(run('failed', 'run_time_limit')).toBe(1);
    expect(run('failed', 'a_new_code')).toBe(1);
    expect(run('canceled')).toBe(130);
  });
});
