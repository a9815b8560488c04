import { describe, expect, it } from 'vitest';
import type { Refusal } from './refusal.ts';
import { RequestQueue, type Ticket } from './request-queue.ts';

const NOW = 1_000_000_000;
const COST: Refusal = { limit: 'cost', cost: 200_000, retryAfter: null, details: null };
const CONCURRENT: Refusal = { ...COST, limit: 'concurrent' };

/** A queue whose charts wait, in the order of their tickets. */
function queueOf(count: number) {
  const queue = new RequestQueue();
  const tickets = Array.from({ length: count }, () => queue.draw());
  for (const ticket of tickets) queue.enter(ticket);
  const nameOf = (ticket: Ticket | null) => (ticket === null ? null : tickets.indexOf(ticket));
  return { queue, tickets, nameOf };
}

/** Starts the next request as soon as it may, and says when and whose it was. */
function startNext(queue: RequestQueue, now: number) {
  const at = Math.max(now, queue.nextStart());
  const ticket = queue.start(at);
  if (ticket === null) throw new Error('nothing may start');
  return { at, ticket };
}

describe('the queue', () => {
  it('starts in order, five at once', () => {
    const { queue, nameOf } = queueOf(7);
    const started = Array.from({ length: 6 }, () => nameOf(queue.start(NOW)));
    expect(started).toEqual([0, 1, 2, 3, 4, null]);
    queue.end(NOW);
    expect(nameOf(queue.start(NOW))).toBe(5);
  });

  it('has nothing to start when nothing waits', () => {
    const { queue, tickets } = queueOf(1);
    for (const ticket of tickets) queue.leave(ticket);
    for (const ticket of tickets) queue.leave(ticket);
    expect(queue.nextStart()).toBe(Number.POSITIVE_INFINITY);
    expect(queue.start(NOW)).toBeNull();
  });

  it('lets whoever comes back go before all later ones', () => {
    const { queue, nameOf } = queueOf(7);
    const { ticket } = startNext(queue, NOW);
    queue.refuse(ticket, NOW, COST, 0.5);
    queue.end(NOW);
    queue.enter(ticket);
    expect(nameOf(startNext(queue, NOW).ticket)).toBe(0);
    expect(queue.refusal).toEqual(COST);
  });
});

describe('callers', () => {
  /** Charts of callers as `a1`, `b1`; gives the names in the order in which they start from then on. */
  function line() {
    const queue = new RequestQueue();
    const names = new Map<Ticket, string>();
    const callers = new Map<string, { readonly caller: object; count: number }>();
    function enter(name: string, charts: number) {
      const line = callers.get(name) ?? { caller: {}, count: 0 };
      callers.set(name, line);
      for (let n = 0; n < charts; n += 1) {
        const ticket = queue.draw(line.caller);
        line.count += 1;
        names.set(ticket, `${name}${line.count}`);
        queue.enter(ticket);
      }
    }
    function serve(charts: number): string {
      return Array.from({ length: charts }, () => {
        const { at, ticket } = startNext(queue, NOW);
        queue.accept(ticket, at);
        queue.end(at);
        return names.get(ticket) ?? '';
      }).join(' ');
    }
    return { queue, names, enter, serve };
  }

  it('take turns, each in its own order', () => {
    const { enter, serve } = line();
    enter('a', 200);
    enter('b', 3);
    enter('c', 2);
    expect(serve(9)).toBe('a1 b1 c1 a2 b2 c2 a3 b3 a4');
  });

  it('that come late have their turn at once, and no more than that', () => {
    const { enter, serve } = line();
    enter('a', 200);
    expect(serve(50)).toMatch(/a50$/);
    enter('b', 4);
    expect(serve(6)).toBe('a51 b1 a52 b2 a53 b3');
  });

  it('that ask little by little get as much as one that asked for all at once', () => {
    const { enter, serve } = line();
    enter('a', 100);
    enter('b', 2);
    let order = '';
    for (let n = 0; n < 20; n += 1) {
      order += ` ${serve(2)}`;
      enter('b', 1);
    }
    expect(order.match(/a/g)).toHaveLength(20);
    expect(order.match(/b/g)).toHaveLength(20);
  });

  it('save up no turns while they ask for nothing', () => {
    const { enter, serve } = line();
    enter('a', 200);
    enter('b', 1);
    serve(100);
    enter('b', 3);
    expect(serve(4)).toBe('a100 b2 a101 b3');
  });

  it('do not lose the place of a chart that was refused', () => {
    const { queue, names, enter, serve } = line();
    enter('a', 3);
    enter('b', 3);
    const { at, ticket } = startNext(queue, NOW);
    queue.refuse(ticket, at, CONCURRENT, 0.5);
    queue.end(at);
    queue.enter(ticket);
    expect(names.get(ticket)).toBe('a1');
    expect(serve(3)).toBe('a1 b1 a2');
  });
});

describe('a chart that is refused again and again', () => {
  /** Lets all charts pass but the first, each in a second; gives the names in the order of their requests. */
  function refuseFirst(count: number, requests: number, refusal = COST) {
    const { queue, nameOf } = queueOf(count);
    const asked: (number | null)[] = [];
    let now = NOW;
    for (let n = 0; n < requests && queue.waiting.length > 0; n += 1) {
      const { at, ticket } = startNext(queue, now);
      now = at;
      asked.push(nameOf(ticket));
      if (nameOf(ticket) === 0) {
        queue.refuse(ticket, now, refusal, 0.5);
        queue.enter(ticket);
      } else {
        now += 1_000;
        queue.accept(ticket, now);
      }
      queue.end(now);
    }
    return { asked, seconds: (now - NOW) / 1_000, queue };
  }

  it('lets four others try after the third time', () => {
    expect(refuseFirst(20, 8).asked).toEqual([0, 0, 0, 1, 2, 3, 4, 0]);
  });

  it('does not hold up the others once they have passed twice while it did not', () => {
    const { asked, seconds } = refuseFirst(100, 105);
    expect(asked.filter((name) => name === 0).length).toBeLessThan(9);
    expect(new Set(asked).size).toBeGreaterThan(95);
    // 99 s for them, the rest to find out and two quiet moments.
    expect(seconds).toBeLessThan(1_500);
  });

  it('is tried again and again all the same', () => {
    const { asked, queue } = refuseFirst(1_000, 1_010);
    expect(asked.filter((name) => name === 0).length).toBeGreaterThan(8);
    // While it waits by itself, nothing else is refused.
    expect(queue.refusal).toBeNull();
  });

  it('gets quiet moments: it may need an empty window', () => {
    const { asked } = refuseFirst(1_000, 1_000);
    const again = asked.findIndex((name, at) => at > 20 && name === 0 && asked[at + 1] === 0);
    expect(again).toBeGreaterThan(0);
  });

  it('is not to blame when too many were under way', () => {
    const { asked } = refuseFirst(20, 10, CONCURRENT);
    expect(asked).toEqual(Array.from({ length: 10 }, () => 0));
  });
});
