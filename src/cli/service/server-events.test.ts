import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readServerEvents, type ServerEvent } from './server-events.ts';

async function read(...pieces: readonly string[]): Promise<ServerEvent[]> {
  async function* stream() {
    yield* pieces;
  }
  return Array.fromAsync(readServerEvents(stream()));
}

describe('server-sent events', () => {
  it('have an id, a name and data', async () => {
    expect(await read('id: 7\nevent: check\ndata: {"a":1}\n\n')).toEqual([
      { id: '7', event: 'check', data: '{"a":1}' },
    ]);
  });

  it('keep the last id, and are messages unless named', async () => {
    expect(await read('id: 7\ndata: a\n\ndata: b\n\n')).toEqual([
      { id: '7', event: 'message', data: 'a' },
      { id: '7', event: 'message', data: 'b' },
    ]);
  });

  it('join several lines of data', async () => {
    expect(await read('data: a\ndata:b\ndata\n\n')).toMatchObject([{ data: 'a\nb\n' }]);
  });

  it('are not made of comments, of nothing, or of what was cut off', async () => {
    expect(await read(': waiting\n\nevent: check\n\ndata: cut')).toEqual([]);
  });

  it('are the same however the stream is cut', async () => {
    const ends = fc.constantFrom('\n', '\r\n', '\r');
    await fc.assert(
      fc.asyncProperty(ends, fc.array(fc.nat(60), { maxLength: 8 }), async (end, cuts) => {
        const text = ['id: 1', 'event: a', 'data: x', 'data: y', '', 'data: ü', '', ''].join(end);
        const places = [0, ...cuts.map((cut) => Math.min(cut, text.length)), text.length];
        const sorted = places.toSorted((a, b) => a - b);
        const pieces = sorted.slice(1).map((to, at) => text.slice(sorted[at], to));
        expect(await read(...pieces)).toEqual([
          { id: '1', event: 'a', data: 'x\ny' },
          { id: '1', event: 'message', data: 'ü' },
        ]);
      }),
    );
  });
});
