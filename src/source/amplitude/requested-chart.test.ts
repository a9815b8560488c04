import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { ConnectorContext } from '../../stream/connector.ts';
import { textInMemory } from './report/report-text.ts';
import type { ChartClient } from './request/chart-client.ts';
import { requestCharts } from './requested-chart.ts';

const REPORT = '"Visits"\r\n\r\n"Segment","2026-01-01"\r\n"All Users","7"\r\n';
const MEBIBYTE = 1024 * 1024;

const quiet: ConnectorContext = {
  signal: new AbortController().signal,
  deadline: Number.POSITIVE_INFINITY,
  onProgress: () => undefined,
};

/** A client that answers at once with reports which say that they are this large. */
function clientOf(bytes: number) {
  const asked: string[] = [];
  const disposed: string[] = [];
  const client: ChartClient = {
    async fetchReport(chartId) {
      asked.push(chartId);
      return {
        ...textInMemory(REPORT),
        bytes,
        attempts: 1,
        dispose: async () => {
          disposed.push(chartId);
        },
      };
    },
  };
  return { client, asked, disposed };
}

const CHARTS = Array.from({ length: 50 }, (_, at) => `chart${at}`);

/** Asks for all charts, takes one, and gives whatever can go on the time to do so. */
async function takeOne(client: ChartClient) {
  const charts = requestCharts(client, CHARTS, quiet);
  await charts.next();
  for (let turn = 0; turn < 200; turn += 1) await nextTurn();
  return charts;
}

it('charts are asked for while others wait for their tables', async () => {
  const { client, asked } = clientOf(1000);
  const charts = await takeOne(client);
  expect(asked).toEqual(CHARTS);
  await charts.return(undefined);
});

it('charts are not asked for while 16 MiB of reports wait, ten more at most being under way', async () => {
  const { client, asked, disposed } = clientOf(8 * MEBIBYTE);
  const charts = await takeOne(client);
  expect(asked.length).toBeGreaterThanOrEqual(11);
  expect(asked.length).toBeLessThanOrEqual(13);
  await charts.return(undefined);
  expect(disposed).toEqual(asked.slice(1));
});
