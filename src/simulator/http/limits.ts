/** The limits of one project. */
export interface LimitOptions {
  /** Requests under way at once; 5 unless given (reference §1.3). */
  readonly concurrent?: number;
  /** Cost in any hour; documented as 108,000. No limit if null, which is the default. */
  readonly costPerHour?: number | null;
  /** Cost in any five minutes; documented as 1,000. No limit if null, which is the default. */
  readonly costPerFiveMinutes?: number | null;
  /** Sent as Retry-After with each 429; Amplitude sends none (reference §2), which is the default. */
  readonly retryAfterSeconds?: number;
}

/** What one project has under way and has spent. Times are ms. */
export interface Limits {
  /** Takes one of the places; false if none is free. */
  enter(): boolean;
  leave(): void;
  /** Books a query's cost; false, and nothing is booked, if that exceeds a limit. */
  spend(cost: number, now: number): boolean;
}

const FIVE_MINUTES = 5 * 60_000;
const ONE_HOUR = 60 * 60_000;

/**
 * The cost limits are off by default: both are documented, yet single charts of cost 1,120 to 3,360
 * pass every two seconds in practice (reference §1.3).
 */
export function createLimits(options: LimitOptions): Limits {
  const { concurrent = 5, costPerHour = null, costPerFiveMinutes = null } = options;
  let underWay = 0;
  const windows = [
    costWindow(ONE_HOUR, costPerHour ?? Number.POSITIVE_INFINITY),
    costWindow(FIVE_MINUTES, costPerFiveMinutes ?? Number.POSITIVE_INFINITY),
  ];
  return {
    enter() {
      if (underWay >= concurrent) return false;
      underWay += 1;
      return true;
    },
    leave() {
      underWay -= 1;
    },
    spend(cost, now) {
      if (!windows.every((window) => window.hasRoom(cost, now))) return false;
      for (const window of windows) window.add(cost, now);
      return true;
    },
  };
}

/** A sliding window: what was spent longer than `length` ago is free again. */
function costWindow(length: number, limit: number) {
  const spent: { readonly at: number; readonly cost: number }[] = [];
  let sum = 0;
  return {
    hasRoom(cost: number, now: number): boolean {
      for (let oldest = spent[0]; oldest && oldest.at <= now - length; oldest = spent[0]) {
        sum -= oldest.cost;
        spent.shift();
      }
      // A chart that costs more than the whole limit passes alone, or it could never be read.
      return sum === 0 || sum + cost <= limit;
    },
    add(cost: number, now: number): void {
      spent.push({ at: now, cost });
      sum += cost;
    },
  };
}
