import { expect, test } from 'vitest';
import { getReport, NOW, openSimulator } from './open-simulator.ts';
import { skeletonOf } from './report-skeleton.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

test('equal seeds and clocks give equal answers, another seed gives others', async () => {
  const [one, same, other] = await Promise.all(
    [7, 7, 8].map(async (seed) => {
      const simulator = await openSimulator({ seed });
      const sound = simulator.charts().filter((chart) => chart.layout !== 'unsupported');
      const few = sound.filter(
        (chart) => chart.project === 'shop' && !chart.fails && chart.layout !== 'sized',
      );
      return Promise.all(few.map((chart) => sequential(() => getReport(simulator, chart.id))));
    }),
  );
  expect(one?.length).toBeGreaterThan(30);
  expect(same).toEqual(one);
  // Two of these charts have no numbers.
  expect(one?.filter((report, index) => report === other?.[index])).toHaveLength(2);
});

/** One request after another, so that none is refused. */
let last: Promise<unknown> = Promise.resolve();
function sequential<T>(request: () => Promise<T>): Promise<T> {
  const next = last.then(request);
  last = next.catch(() => undefined);
  return next;
}

test('an answer stays the same until the cache is over', async () => {
  let now = NOW;
  const simulator = await openSimulator({ now: () => now });
  const first = await getReport(simulator, 'q7m2xk4p');
  now += HOUR / 2 - 1;
  expect(await getReport(simulator, 'q7m2xk4p')).toBe(first);
  now += 1;
  expect(await getReport(simulator, 'q7m2xk4p')).not.toBe(first);
});

test.each([
  ['b2t7hq0s', HOUR],
  ['q7m2xk4p', DAY],
  ['w5k8zn1d', 7 * DAY],
  ['m9r4yj6f', 30 * DAY],
])(
  '%s: a new period appears, the running one is completed, the others stay',
  async (id, period) => {
    let now = NOW;
    const simulator = await openSimulator({ now: () => now });
    const before = await columns(simulator, id);
    now += period;
    const after = await columns(simulator, id);
    const [running = ''] = [...before.keys()].slice(-1);
    expect([...after.keys()].at(-2)).toBe(running);
    expect(Number(after.get(running))).toBeGreaterThan(Number(before.get(running)));
    const kept = [...before].filter(([date]) => date !== running && after.has(date));
    expect(kept.length).toBeGreaterThan(8);
    expect(kept.filter(([date, value]) => after.get(date) !== value)).toEqual([]);
  },
);

test('a chart of the current year gets longer', async () => {
  let now = NOW;
  const simulator = await openSimulator({ now: () => now });
  const before = await columns(simulator, 's0p5vn7j');
  now += 7 * DAY;
  expect((await columns(simulator, 's0p5vn7j')).size).toBe(before.size + 1);
});

test('restating changes past values of that chart, and then they stay', async () => {
  const simulator = await openSimulator();
  const [chart, other] = ['g4n8wl3r', 'q7m2xk4p'];
  const before = await columns(simulator, chart);
  const otherBefore = await getReport(simulator, other);
  simulator.restate(chart, 0);
  const after = await columns(simulator, chart);
  const changed = [...before.keys()].filter((date) => before.get(date) !== after.get(date));
  expect(changed).toEqual(['2026-06-16']);
  expect(await columns(simulator, chart)).toEqual(after);
  expect(await getReport(simulator, other)).toBe(otherBefore);
});

test('restating everything changes every chart that has numbers of the past', async () => {
  const simulator = await openSimulator();
  const ids = ['q7m2xk4p', 'f2x9kc7w', 'f8j4nz1b', 'r3d7uq5y', 'c6s2gh8e', 'v9l4tm0a', 'l5w1xp7i'];
  ids.push('p8o3bk6n', 'd4t9ra2z', 'bench-3x9-1');
  const before = await Promise.all(ids.map((id) => sequential(() => getReport(simulator, id))));
  simulator.restate('*');
  const after = await Promise.all(ids.map((id) => sequential(() => getReport(simulator, id))));
  expect(ids.filter((_, index) => before[index] === after[index])).toEqual([]);
});

/** The first row's value by the header of its column. */
async function columns(
  simulator: Awaited<ReturnType<typeof openSimulator>>,
  chartId: string,
): Promise<ReadonlyMap<string, string | undefined>> {
  const { header, body } = skeletonOf(await getReport(simulator, chartId));
  const [row = []] = body;
  return new Map(header.slice(1).map((date, index) => [date, row[index + 1]]));
}
