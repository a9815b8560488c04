import type { Clock } from '../../src/clock.ts';
import type { Actor } from '../../src/state/actor.ts';
import { newId } from '../../src/state/id.ts';
import type { NewSource, NewStream } from '../../src/state/source-rows.ts';

/** A clock that stands still until it is put forward. */
export class StoppedClock implements Clock {
  #now = Date.parse('2026-01-05T06:30:00.000Z');

  now(): number {
    return this.#now;
  }

  /** ISO 8601. */
  get text(): string {
    return new Date(this.#now).toISOString();
  }

  forward(ms: number): void {
    this.#now += ms;
  }

  async sleep(ms: number): Promise<void> {
    this.forward(ms);
  }
}

export const ada: Actor = { type: 'user', id: 'usr_1', name: 'Ada' };

let count = 0;

/** A source that nothing is wrong with; its name is of no other one. */
export function sampleSource(given: Partial<NewSource> = {}): NewSource {
  count += 1;
  return {
    id: newId('src', Date.now()),
    connector: 'amplitude',
    name: `Source ${count}`,
    description: '',
    config: { region: 'eu', charts: ['abc123'] },
    sealedSecrets: 'v1.k.n.c',
    limitGroup: `group ${count}`,
    trigger: { type: 'manual' },
    paused: false,
    nextRunAt: null,
    timeLimitMs: 3_600_000,
    createdBy: 'Ada',
    ...given,
  };
}

/** A selected stream, whose table is raw.<name> unless said otherwise. */
export function sampleStream(name: string, given: Partial<NewStream> = {}): NewStream {
  return {
    name,
    title: null,
    selected: true,
    layer: 'raw',
    folder: null,
    table: name,
    syncMode: 'FULL_TABLE',
    cacheMs: null,
    note: '',
    ...given,
  };
}
