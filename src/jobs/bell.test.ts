import { describe, expect, it } from 'vitest';
import { systemClock } from '../clock.ts';
import { Bell } from './bell.ts';

const LONG = 60_000;

describe('a sleeper', () => {
  it('wakes up by itself', async () => {
    await new Bell(systemClock).sleep(1);
  });

  it('is woken', async () => {
    const bell = new Bell(systemClock);
    const sleep = bell.sleep(LONG);
    bell.ring();
    bell.ring();
    await sleep;
  });

  it('does not miss what rang while it was awake, and wakes up once for it', async () => {
    const bell = new Bell(systemClock);
    bell.ring();
    bell.ring();
    await bell.sleep(LONG);
    const before = performance.now();
    await bell.sleep(30);
    expect(performance.now() - before).toBeGreaterThan(20);
  });
});
