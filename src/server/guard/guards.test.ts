import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOwnHost } from './hosts.ts';
import { jsonDepth } from './json-depth.ts';
import { isForeign } from './same-origin.ts';

const NO_HOSTS = { publicUrl: null, allowedHosts: [] };

describe('isOwnHost', () => {
  it.each(['localhost', 'localhost:4860', '127.0.0.1', '127.1.2.3:80', '[::1]', '[::1]:4860'])(
    'knows the loopback: %s',
    (host) => expect(isOwnHost(host, NO_HOSTS)).toBe(true),
  );

  it('knows what is set', () => {
    const settings = {
      publicUrl: new URL('https://lift.example.com'),
      allowedHosts: ['chartlift.internal'],
    };
    expect(isOwnHost('lift.example.com', settings)).toBe(true);
    expect(isOwnHost('CHARTLIFT.internal:4860', settings)).toBe(true);
    expect(isOwnHost('example.com', settings)).toBe(false);
  });

  it.each([undefined, '', ':80', 'localhost.', 'localhost:x', '127.0.0.1 evil', 'evil#localhost'])(
    'knows nothing else: %j',
    (host) => expect(isOwnHost(host, NO_HOSTS)).toBe(false),
  );
});

describe('isForeign', () => {
  const marks = { method: 'POST', host: 'localhost:4860', origin: undefined, fetchSite: undefined };

  it('lets programs pass, which send neither mark', () => {
    expect(isForeign(marks, null)).toBe(false);
  });

  it('lets anything be read', () => {
    expect(isForeign({ ...marks, method: 'GET', origin: 'https://evil.example' }, null)).toBe(
      false,
    );
  });

  it('compares the port too', () => {
    expect(isForeign({ ...marks, origin: 'http://localhost:4860' }, null)).toBe(false);
    expect(isForeign({ ...marks, origin: 'http://localhost:4861' }, null)).toBe(true);
  });

  it('wants the scheme of the public address', () => {
    const publicUrl = new URL('https://lift.example.com');
    const there = { ...marks, host: 'lift.example.com' };
    expect(isForeign({ ...there, origin: 'https://lift.example.com' }, publicUrl)).toBe(false);
    expect(isForeign({ ...there, origin: 'http://lift.example.com' }, publicUrl)).toBe(true);
  });
});

describe('jsonDepth', () => {
  it('counts what is open at once', () => {
    expect(jsonDepth('[[],[[]]]')).toBe(3);
    expect(jsonDepth('{"a":{"b":[1]}}')).toBe(3);
    expect(jsonDepth('"[[[["')).toBe(0);
    expect(jsonDepth('["\\"[", "\\\\", []]')).toBe(2);
  });

  it('agrees with what JSON makes of any value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 8 }), (value) => {
        expect(jsonDepth(JSON.stringify(value))).toBe(depthOf(value));
      }),
    );
  });
});

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}
