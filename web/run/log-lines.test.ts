import { describe, expect, it } from 'vitest';
import { filterLines, logText } from './log-lines.ts';
import type { RunEvent } from './run-types.ts';

const line = (seq: number, level: RunEvent['level'], message: string): RunEvent => ({
  seq,
  at: '2026-01-01T00:00:00.000Z',
  level,
  type: 'stream_ended',
  stream: seq === 1 ? null : 'chart_a',
  message,
  data: {},
});

const log = [
  line(1, 'info', 'Reading'),
  line(2, 'debug', '12 bytes'),
  line(3, 'error', 'It\nfailed'),
];

describe('filterLines', () => {
  it('keeps a level and those above it', () => {
    expect(filterLines(log, { level: 'info', text: '' }).map(({ seq }) => seq)).toEqual([1, 3]);
    expect(filterLines(log, { level: 'debug', text: '' })).toBe(log);
  });

  it('finds words of the message and the stream, in whatever case', () => {
    expect(filterLines(log, { level: 'debug', text: ' CHART_A ' })).toHaveLength(2);
    expect(filterLines(log, { level: 'debug', text: 'reading' })).toHaveLength(1);
  });
});

describe('logText', () => {
  it('writes one line for each, whatever its message holds', () => {
    expect(logText(log).split('\n')).toEqual([
      '2026-01-01T00:00:00.000Z INFO  Reading',
      '2026-01-01T00:00:00.000Z DEBUG chart_a 12 bytes',
      '2026-01-01T00:00:00.000Z ERROR chart_a It ⏎ failed',
    ]);
  });
});
