import { describe, expect, it } from 'vitest';
import { AttemptLimit, addressKey } from './attempt-limit.ts';

function limitAt(start: number) {
  const clock = { now: () => start, sleep: () => Promise.resolve() };
  return {
    limit: new AttemptLimit(clock, 3, 1000),
    pass: (ms: number) => {
      start += ms;
    },
  };
}

describe('AttemptLimit', () => {
  it('lets some pass and then says how long to wait', () => {
    const { limit, pass } = limitAt(5000);
    expect([limit.take('a'), limit.take('a'), limit.take('a')]).toEqual([0, 0, 0]);
    pass(400);
    expect(limit.take('a')).toBe(600);
    expect(limit.take('b')).toBe(0);
    pass(600);
    expect(limit.take('a')).toBe(0);
  });

  it('forgets who was right', () => {
    const { limit } = limitAt(0);
    for (let i = 0; i < 3; i++) limit.take('a');
    limit.clear('a');
    expect(limit.take('a')).toBe(0);
  });

  it('remembers only so many', () => {
    const { limit } = limitAt(0);
    for (let i = 0; i < 3; i++) limit.take('first');
    for (let i = 0; i < 20_000; i++) limit.take(`other ${i}`);
    expect(limit.take('first')).toBe(0);
  });
});

describe('addressKey', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '::ffff:192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2/64'],
    ['2001:db8:1:2::6', '2001:db8:1:2/64'],
    ['2001:db8::6', '2001:db8::/64'],
  ])('%s counts as %s', (address, key) => expect(addressKey(address)).toBe(key));
});
