import { afterEach, describe, expect, inject, it, onTestFinished } from 'vitest';
import { createLayer, renameLayer } from '../../src/catalog/layers.ts';
import { backupHome } from '../../src/service/backup.ts';
import { type Simulator, startSimulator } from '../../src/simulator/simulator.ts';
import { query, temporaryDirectory } from '../sync/lake-fixture.ts';
import {
  createSource,
  runToEnd,
  type ServiceUnderTest,
  startForTest,
  TOKEN,
} from './running-service.ts';

const DAILY = 'q7m2xk4p';
const COUNTRIES = 'g4n8wl3r';

const open: ServiceUnderTest[] = [];

async function start(
  home: string,
  options: { readonly simulator?: Simulator; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<ServiceUnderTest> {
  const service = await startForTest({ home, ...options });
  open.push(service);
  return service;
}

async function stop(service: ServiceUnderTest): Promise<void> {
  open.splice(open.indexOf(service), 1);
  await service.stop();
}

afterEach(async () => {
  for (const service of open.splice(0)) await service.stop();
});

async function simulate(): Promise<Simulator> {
  const simulator = await startSimulator({});
  onTestFinished(() => simulator.close());
  return simulator;
}

describe('a service', () => {
  it('has its data folder to itself', async () => {
    const home = await temporaryDirectory();
    const { simulator } = await start(home);
    await expect(startForTest({ home, simulator })).rejects.toMatchObject({ code: 'home_in_use' });
  });

  it('goes on at its next start with the run that it was stopped in', async () => {
    const home = await temporaryDirectory();
    const simulator = await simulate();
    const first = await start(home, { simulator });
    const source = await createSource(first, [DAILY, COUNTRIES]);
    simulator.setFault(COUNTRIES, { kind: 'hang', times: 1 });
    const { body } = await first.api('POST', `/sources/${source.id}/runs`);
    await expect
      .poll(async () => (await first.api('GET', `/runs/${body.id}`)).body.results.length)
      .toBeGreaterThan(0);
    const started = performance.now();
    await stop(first);
    expect(performance.now() - started).toBeLessThan(10_000);

    const second = await start(home, { simulator });
    await second.api('GET', `/runs/${body.id}/events`);
    const run = (await second.api('GET', `/runs/${body.id}`)).body;
    expect(run).toMatchObject({ status: 'success', attempt: 2 });
    expect(run.results).toMatchObject([
      { stream: `chart_${DAILY}`, rows: 30 },
      { stream: `chart_${COUNTRIES}`, rows: 300 },
      { stream: 'charts_metadata', rows: 2 },
    ]);
    expect(await query(`${second.home}/lake`, 'SELECT count(*) FROM raw.charts_metadata')).toEqual([
      [2],
    ]);
  });

  it('runs once at its start what was missed while it was down', async () => {
    const home = await temporaryDirectory();
    const simulator = await simulate();
    const first = await start(home, { simulator });
    const source = await createSource(first, [DAILY], {
      trigger: { type: 'hourly', timezone: 'UTC' },
    });
    const longAgo = new Date(Date.now() - 5 * 3_600_000).toISOString();
    await first.running.service.stores.sources.setNextRun(source.id, longAgo);
    await stop(first);

    const second = await start(home, { simulator });
    const runs = async () => (await second.api('GET', `/sources/${source.id}/runs`)).body.items;
    await expect.poll(async () => (await runs())[0]?.status).toBe('success');
    expect(await runs()).toMatchObject([{ cause: 'schedule', scheduled_for: longAgo }]);
    const { body } = await second.api('GET', `/sources/${source.id}`);
    expect(Date.parse(body.next_run_at)).toBeGreaterThan(Date.now());
  });

  it.each([
    ['a layer that is renamed in the lake alone', { kind: 'layer', from: 'raw', to: 'bronze' }],
    ['a table that is moved in neither', { kind: 'table' }],
  ])('finishes %s', async (_, cut) => {
    const home = await temporaryDirectory();
    const simulator = await simulate();
    const first = await start(home, { simulator });
    const source = await createSource(first, [DAILY]);
    await runToEnd(first, source.id);
    const { lake, stores } = first.running.service;
    const place = { layer: 'raw', folder: null, table: `chart_${DAILY}` };
    const move =
      cut.kind === 'layer'
        ? cut
        : {
            kind: 'table',
            sourceId: source.id,
            stream: `chart_${DAILY}`,
            from: place,
            to: { layer: 'bronze', folder: 'growth', table: `chart_${DAILY}` },
          };
    await stores.settings.set('unfinished_move', JSON.stringify(move));
    if (cut.kind === 'layer') await renameLayer(lake, 'raw', 'bronze');
    else await createLayer(lake, 'bronze');
    await stop(first);

    const second = await start(home, { simulator });
    const run = await runToEnd(second, source.id);
    expect(run.results[0]).toMatchObject({
      table: `bronze.chart_${DAILY}`,
      status: 'unchanged',
      rows: 30,
    });
    expect(await second.running.service.stores.settings.get('unfinished_move')).toBeNull();
  });

  it('stops a query whose client has gone', async () => {
    const service = await start(await temporaryDirectory());
    const gone = new AbortController();
    const ask = (query: string, signal: AbortSignal) =>
      fetch(`${service.url}/api/v1/sql`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${TOKEN}`, 'Content-Type': 'application/json' },
        body: JSON.stringify({ query, time_limit_seconds: 60 }),
        signal,
      });
    // As many as take every turn that queries have.
    const long = Array.from({ length: 4 }, () =>
      ask('SELECT max(sleep_ms(range)) FROM range(600000, 700000)', gone.signal),
    );
    const ends = Promise.allSettled(long);
    const soon = () => ask('SELECT 1', AbortSignal.timeout(1_000)).then(({ status }) => status);
    await expect.poll(() => soon().catch(() => 'waits'), { timeout: 20_000 }).toBe('waits');
    gone.abort();
    expect((await ends).map(({ status }) => status)).toEqual(Array(4).fill('rejected'));
    await expect.poll(() => soon().catch(() => 'waits'), { timeout: 20_000 }).toBe(200);
  });

  it('works on from a backup that was made while it ran', async () => {
    const directory = await temporaryDirectory();
    const simulator = await simulate();
    const service = await start(directory, { simulator });
    const source = await createSource(service, [DAILY, COUNTRIES]);
    await runToEnd(service, source.id);
    simulator.restate(COUNTRIES);
    const running = runToEnd(service, source.id);
    // Where `startForTest` looks for the data of a service.
    await backupHome({
      home: service.home,
      lake: service.running.service.lake,
      directory: `${directory}/restored/data`,
    });
    await running;
    await stop(service);

    const restored = await start(`${directory}/restored`, { simulator });
    const run = await runToEnd(restored, source.id).catch(() => null);
    // The backup may hold the second run as one that goes on.
    const runs = async () => (await restored.api('GET', `/sources/${source.id}/runs`)).body.items;
    await expect.poll(async () => (await runs())[0].status).toBe('success');
    expect(run === null || run.status === 'success').toBe(true);
    const sql = `SELECT count(*) FROM raw.chart_${COUNTRIES}`;
    expect(await query(`${restored.home}/lake`, sql)).toEqual([[300]]);
  });

  it('works the same on PostgreSQL', async () => {
    const home = await temporaryDirectory();
    const schema = `service_${Math.random().toString(36).slice(2)}`;
    const { default: pg } = await import('pg');
    const client = new pg.Client(inject('postgresUrl'));
    await client.connect();
    await client.query(`create schema ${schema}`);
    onTestFinished(async () => {
      await client.query(`drop schema ${schema} cascade`);
      await client.end();
    });
    const options = encodeURIComponent(`-c search_path=${schema}`);
    const service = await start(home, {
      env: { DATABASE_URL: `${inject('postgresUrl')}?options=${options}` },
    });
    const source = await createSource(service, [DAILY, COUNTRIES], {
      trigger: { type: 'daily', time: '06:30', timezone: 'Europe/Berlin' },
    });
    const run = await runToEnd(service, source.id);
    expect(run).toMatchObject({ status: 'success', results: [{ rows: 30 }, { rows: 300 }, {}] });
    const link = new URL(service.running.setupLink ?? '');
    const admin = { name: 'Ada', email: 'ada@example.com', password: 'a long enough password' };
    const setup = await service.api(
      'POST',
      '/setup',
      { token: new URLSearchParams(link.hash.slice(1)).get('token'), ...admin },
      {},
    );
    expect(setup.status).toBe(201);
    const { name: _, ...credentials } = admin;
    const session = await service.api('POST', '/session', credentials, {});
    expect(session.status).toBeLessThan(300);
    const facts = await service.api('POST', '/sql', {
      query: 'SELECT status, count(*) FROM chartlift.stream_results GROUP BY ALL',
    });
    expect(facts.body.rows).toEqual([['success', 3]]);
    expect((await service.api('GET', '/audit')).body.items.length).toBeGreaterThan(2);
  });
});
