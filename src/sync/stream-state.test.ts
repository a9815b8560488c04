import { describe, expect, it } from 'vitest';
import { advance, type StreamState } from './stream-state.ts';

const WAY: readonly StreamState[] = ['requested', 'fetched', 'shaped', 'staged', 'committed'];

describe('the state of a stream', () => {
  it('goes the whole way, one step at a time', () => {
    for (const [at, state] of WAY.slice(0, -1).entries()) {
      const next = WAY[at + 1] ?? 'failed';
      expect(advance(state, next)).toBe(next);
    }
  });

  it('may fail from anywhere but the end', () => {
    for (const state of WAY.slice(0, -1)) expect(advance(state, 'failed')).toBe('failed');
    expect(() => advance('committed', 'failed')).toThrow(RangeError);
    expect(() => advance('failed', 'failed')).toThrow(RangeError);
  });

  it('neither skips a step nor goes back', () => {
    expect(() => advance('requested', 'shaped')).toThrow('cannot go from requested to shaped');
    expect(() => advance('staged', 'fetched')).toThrow(RangeError);
    expect(() => advance('fetched', 'committed')).toThrow(RangeError);
  });
});
