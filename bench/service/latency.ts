/** The value below which a share (0 to 1) of the values is. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export interface Clients {
  /** How many ask at the same time. */
  readonly count: number;
  /** Requests that each makes. */
  readonly requests: number;
  /** Pause of each client between two requests, in ms on average; 0: none. */
  readonly pauseMs: number;
  /** Makes the request of this number. */
  readonly ask: (request: number) => Promise<void>;
}

/** Times of all requests of clients that ask at once, in ms, and how many were answered in a second. */
export async function timeRequests(
  clients: Clients,
): Promise<{ readonly times: readonly number[]; readonly perSecond: number }> {
  const { count, requests, pauseMs, ask } = clients;
  const times: number[] = [];
  const started = performance.now();
  const work = async (client: number) => {
    // Spread, so that they do not ask in step.
    for (let request = 0; request < requests; request += 1) {
      if (pauseMs > 0) await pause(Math.random() * 2 * pauseMs);
      const sent = performance.now();
      await ask(client * requests + request);
      times.push(performance.now() - sent);
    }
  };
  await Promise.all(Array.from({ length: count }, (_, client) => work(client)));
  return { times, perSecond: (times.length / (performance.now() - started)) * 1000 };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
