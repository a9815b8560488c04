/** One chart of a simulation: what it costs, and how long Amplitude takes to answer, in ms. */
export interface Chart {
  readonly cost: number;
  readonly latency: number;
}

/** Costs between 10 and 4,000 in several mixes. */
export const COSTS = {
  /** Any cost is as likely as any other. */
  even: (random: () => number) => 10 + 3_990 * random(),
  /** As many between 10 and 40 as between 1,000 and 4,000. */
  mostlySmall: (random: () => number) => 10 * 400 ** random(),
  small: (random: () => number) => 10 * 10 ** random(),
  medium: (random: () => number) => 10 * 100 ** random(),
  /** What has been seen live (reference §1.3). */
  dear: (random: () => number) => 1_120 + 2_240 * random(),
  /** Small ones, and now and then one that needs a whole five-minute window. */
  fewDear: (random: () => number) =>
    random() < 0.97 ? 10 * 10 ** random() : 1_000 + 3_000 * random(),
};

export const LATENCIES = {
  fast: () => 50,
  slow: () => 5_000,
  mixed: (random: () => number) => 50 * 100 ** random(),
};

export type Costs = keyof typeof COSTS;
export type Latencies = keyof typeof LATENCIES;

export function charts(
  count: number,
  costs: Costs,
  latencies: Latencies,
  random: () => number,
): Chart[] {
  return Array.from({ length: count }, () => ({
    cost: Math.round(COSTS[costs](random)),
    latency: LATENCIES[latencies](random),
  }));
}

/** Mulberry32: a small generator whose sequence depends on nothing but its seed. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
