import { once } from 'node:events';
import type { SimulatedChart } from '../../simulator/charts/listed-charts.ts';
import { type Simulator, startSimulator } from '../../simulator/simulator.ts';
import type { CommandContext } from '../command-context.ts';
import { textTable } from '../output/text-table.ts';

export interface SimulateOptions {
  readonly port: number;
  readonly seed: number;
  readonly latency: number;
}

/** `chartlift simulate`: runs until it is interrupted; that is its regular end. */
export async function simulate(
  { port, seed, latency }: SimulateOptions,
  { terminal }: CommandContext,
): Promise<void> {
  const simulator = await startSimulator({ port, seed, latencyMs: latency });
  try {
    terminal.out(describe(simulator));
    if (!terminal.signal.aborted) await once(terminal.signal, 'abort');
  } finally {
    await simulator.close();
  }
}

function describe(simulator: Simulator): string {
  const charts = simulator.charts();
  const keys = simulator.projects.map(
    ({ name, apiKey, secretKey }) =>
      `${name}:\n  export AMPLITUDE_API_KEY=${apiKey} AMPLITUDE_SECRET_KEY=${secretKey}\n`,
  );
  const shop = charts.filter((chart) => chart.project === 'shop' && chart.fails === null);
  return `Simulated Amplitude at ${simulator.url}

${keys.join('')}
Charts of ${simulator.projects[0]?.name ?? ''}:
${listing(shop)}
Charts that fail:
${listing(charts.filter((chart) => chart.fails !== null))}
Charts of any size: bench-<rows>x<days>-<n>, such as bench-10000x365-1

Try:
  chartlift sync --base-url ${simulator.url} --lake ./lake --chart ${shop
    .slice(0, 3)
    .map((chart) => chart.id)
    .join(' ')}

Ctrl-C ends it.
`;
}

function listing(charts: readonly SimulatedChart[]): string {
  return textTable(
    [
      { header: '  ID', align: 'left' },
      { header: 'LAYOUT', align: 'left' },
      { header: 'TITLE', align: 'left' },
    ],
    charts.map(({ id, layout, title, fails }) => [`  ${id}`, fails ?? layout, title]),
  );
}
