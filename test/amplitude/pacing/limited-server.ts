/** A cost limit: so much within so many ms, over a window that slides or over fixed ones. */
export interface CostLimit {
  readonly cost: number;
  readonly window: number;
  readonly kind: 'sliding' | 'fixed';
}

export interface Limits {
  readonly costs: readonly CostLimit[];
  /** Requests at once; 5 as documented (reference §1.3), less when others use the same key. */
  readonly atOnce: number;
}

export const HOURLY = { cost: 108_000, window: 3_600_000 };
export const FIVE_MINUTES = { cost: 1_000, window: 300_000 };

/**
 * The limits of reference §1.3 in virtual time. A request is admitted if its cost fits into what is
 * left of every window, or if the window is empty: charts dearer than a whole window (1,120 to
 * 3,360 have been seen to pass) could otherwise never be read. A refused request costs nothing.
 */
export class LimitedServer {
  readonly #windows: CostWindow[];
  readonly #atOnce: number;
  underWay = 0;

  /** `phase`: how far into its first fixed window the server is at time 0, in ms. */
  constructor(limits: Limits, phase: number) {
    this.#windows = limits.costs.map((limit) => new CostWindow(limit, phase));
    this.#atOnce = limits.atOnce;
  }

  refusal(now: number, cost: number): 'cost' | 'concurrent' | null {
    if (this.underWay >= this.#atOnce) return 'concurrent';
    return this.#windows.every((window) => window.fits(now, cost)) ? null : 'cost';
  }

  admit(now: number, cost: number): void {
    for (const window of this.#windows) window.add(now, cost);
  }

  /** The first time from `now` on at which `cost` fits, if nothing else is admitted before. */
  roomFor(now: number, cost: number): number {
    return Math.max(now, ...this.#windows.map((window) => window.roomFor(now, cost)));
  }
}

class CostWindow {
  readonly #limit: CostLimit;
  readonly #phase: number;
  #sum = 0;
  #fixedWindow = -1;
  readonly #admitted: { readonly at: number; readonly cost: number }[] = [];
  #oldest = 0;

  constructor(limit: CostLimit, phase: number) {
    this.#limit = limit;
    this.#phase = phase;
  }

  fits(now: number, cost: number): boolean {
    this.#forget(now);
    return this.#sum === 0 || this.#sum + cost <= this.#limit.cost;
  }

  add(now: number, cost: number): void {
    this.#forget(now);
    this.#sum += cost;
    if (this.#limit.kind === 'sliding') this.#admitted.push({ at: now, cost });
  }

  roomFor(now: number, cost: number): number {
    if (this.fits(now, cost)) return now;
    if (this.#limit.kind === 'fixed') {
      return (this.#fixedWindow + 1) * this.#limit.window - this.#phase;
    }
    let sum = this.#sum;
    let from = now;
    for (const admitted of this.#admitted.slice(this.#oldest)) {
      sum -= admitted.cost;
      from = admitted.at + this.#limit.window;
      if (sum + cost <= this.#limit.cost) break;
    }
    return from;
  }

  #forget(now: number): void {
    if (this.#limit.kind === 'fixed') {
      const current = Math.floor((now + this.#phase) / this.#limit.window);
      if (current !== this.#fixedWindow) this.#sum = 0;
      this.#fixedWindow = current;
      return;
    }
    for (;;) {
      const oldest = this.#admitted[this.#oldest];
      if (oldest === undefined || oldest.at + this.#limit.window > now) return;
      this.#sum -= oldest.cost;
      this.#oldest += 1;
    }
  }
}
