import type { SimulatorProcess } from './simulator-process.ts';

/**
 * How long a client takes that asks for charts, as many at once per key as Amplitude answers, and throws the
 * answers away, in ms: what a machine and its other work leave of the ideal.
 *
 * @param charts each is asked for once with each key
 */
export async function timeBareClient(
  { url, projects }: SimulatorProcess,
  charts: readonly string[],
  atOnce: number,
): Promise<number> {
  const started = performance.now();
  const ask = async (authorization: string, left: string[]): Promise<void> => {
    for (let chart = left.pop(); chart !== undefined; chart = left.pop()) {
      const response = await fetch(`${url}/api/3/chart/${chart}/csv`, {
        headers: { authorization },
      });
      if (!response.ok) throw new Error(`${chart}: ${response.status}`);
      await response.text();
    }
  };
  await Promise.all(
    projects.flatMap(({ apiKey, secretKey }) => {
      const authorization = `Basic ${Buffer.from(`${apiKey}:${secretKey}`).toString('base64')}`;
      const left = [...charts];
      return Array.from({ length: atOnce }, () => ask(authorization, left));
    }),
  );
  return performance.now() - started;
}
