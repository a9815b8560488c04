import { setImmediate as settled } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { HeldClock } from '../../../../test/amplitude/held-clock.ts';
import { Secret } from '../secret.ts';
import { Pacer, type Turn } from './pacer.ts';
import type { Refusal } from './refusal.ts';
import { sharedPacer } from './shared-pacer.ts';

const REFUSAL: Refusal = { limit: 'cost', cost: null, retryAfter: 60_000, details: 'too much' };

const HOUR = 3_600_000;

function setUp() {
  const clock = new HeldClock();
  const pacer = new Pacer(clock, () => 0.5);
  const started: string[] = [];
  const waits: [string, number][] = [];
  const turns = new Map<string, Turn & { done(): void }>();

  function ask(name: string, ticket = pacer.draw(), signal = new AbortController().signal) {
    const onWait = (until: number) => void waits.push([name, until - clock.now()]);
    return pacer.run({ ticket, signal, onWait }, (turn) => {
      started.push(name);
      return new Promise<string>((resolve) => {
        turns.set(name, { ...turn, done: () => resolve(name) });
      });
    });
  }

  function turnOf(name: string) {
    const turn = turns.get(name);
    if (turn === undefined) throw new Error(`${name} has not started`);
    return turn;
  }

  return { clock, pacer, started, waits, ask, turnOf };
}

describe('the queue', () => {
  it('starts five at once, then one for each that ends, in order', async () => {
    const { started, ask, turnOf } = setUp();
    for (const name of 'abcdefg') void ask(name);
    await settled();
    expect(started.join('')).toBe('abcde');
    turnOf('c').done();
    await settled();
    expect(started.join('')).toBe('abcdef');
  });

  it('gives what the task gives, and throws what it throws', async () => {
    const { pacer } = setUp();
    const place = {
      ticket: pacer.draw(),
      signal: new AbortController().signal,
      onWait: () => undefined,
    };
    await expect(pacer.run(place, async () => 42)).resolves.toBe(42);
    await expect(pacer.run(place, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  });

  it('lets whoever was refused go first again', async () => {
    const { clock, pacer, started, ask, turnOf } = setUp();
    const ticket = pacer.draw();
    const first = ask('first', ticket);
    for (const name of 'bcdefg') void ask(name);
    await settled();
    turnOf('first').refused(REFUSAL);
    turnOf('first').done();
    await first;
    void ask('again', ticket);
    for (const name of 'bcde') turnOf(name).done();
    await clock.pass(60_000);
    expect(started.slice(5)).toEqual(['again']);
    turnOf('again').accepted();
    turnOf('again').done();
    await clock.pass(HOUR);
    expect(started.slice(5, 7)).toEqual(['again', 'f']);
  });
});

describe('a pause', () => {
  it('is told to everyone who waits, once, and to those who come', async () => {
    const { waits, ask, turnOf } = setUp();
    for (const name of 'abcdefg') void ask(name);
    await settled();
    turnOf('a').refused(REFUSAL);
    turnOf('a').done();
    await settled();
    void ask('h');
    expect(waits).toEqual([
      ['f', 60_000],
      ['g', 60_000],
      ['h', 60_000],
    ]);
  });

  it('is known with its reason until something passes', async () => {
    const { clock, pacer, ask, turnOf } = setUp();
    void ask('a');
    await settled();
    expect(pacer.refusal).toBeNull();
    turnOf('a').refused(REFUSAL);
    turnOf('a').done();
    expect(pacer.refusal).toEqual(REFUSAL);
    void ask('b');
    await clock.pass(60_000);
    turnOf('b').accepted();
    expect(pacer.refusal).toBeNull();
  });

  it('leaves a spacing, which is told to whoever is next', async () => {
    const { clock, started, waits, ask, turnOf } = setUp();
    void ask('a');
    void ask('b');
    await settled();
    turnOf('a').accepted();
    turnOf('b').refused(REFUSAL);
    turnOf('a').done();
    turnOf('b').done();
    for (const name of 'cde') void ask(name);
    await clock.pass(60_000);
    waits.length = 0;
    turnOf('c').accepted();
    turnOf('c').done();
    await settled();
    // Two passed in a minute: the next may start after 80 % of half a minute.
    expect(waits).toEqual([['d', 24_000]]);
    await clock.pass(24_000);
    expect(started).toEqual(['a', 'b', 'c', 'd']);
  });
});

describe('aborting', () => {
  it('leaves the queue with the reason, and lets the others go on', async () => {
    const { started, ask, turnOf } = setUp();
    const controller = new AbortController();
    for (const name of 'abcde') void ask(name);
    const sixth = ask('f', undefined, controller.signal);
    void ask('g');
    controller.abort(new Error('stop'));
    await expect(sixth).rejects.toThrow('stop');
    await settled();
    turnOf('a').done();
    await settled();
    expect(started.join('')).toBe('abcdeg');
  });

  it('is noticed before anything else', async () => {
    const { started, ask } = setUp();
    await expect(ask('a', undefined, AbortSignal.abort(new Error('stop')))).rejects.toThrow('stop');
    expect(started).toEqual([]);
  });

  it('leaves no timer behind when the last one goes during a pause', async () => {
    const { clock, ask, turnOf } = setUp();
    void ask('a');
    await settled();
    turnOf('a').refused(REFUSAL);
    turnOf('a').done();
    const controller = new AbortController();
    const waiting = ask('b', undefined, controller.signal);
    await settled();
    expect(clock.sleepers).toBe(1);
    controller.abort(new Error('stop'));
    await expect(waiting).rejects.toThrow('stop');
    expect(clock.sleepers).toBe(0);
  });
});

describe('the pacer of a key', () => {
  const random = () => 0.5;
  const clock = new HeldClock();

  it('is the same for everybody who uses the key at that host', () => {
    const one = sharedPacer('https://a.example', new Secret('key'), clock, random);
    expect(sharedPacer('https://a.example', new Secret('key'), clock, random)).toBe(one);
    expect(sharedPacer('https://a.example', new Secret('other'), clock, random)).not.toBe(one);
    expect(sharedPacer('https://b.example', new Secret('key'), clock, random)).not.toBe(one);
  });
});
