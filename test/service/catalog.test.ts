import { tableFromIPC } from 'apache-arrow';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../sync/lake-fixture.ts';
import {
  createSource,
  runToEnd,
  type ServiceUnderTest,
  startForTest,
  TOKEN,
} from './running-service.ts';

const DAILY = 'q7m2xk4p';
const COUNTRIES = 'g4n8wl3r';

let service: ServiceUnderTest;
let api: ServiceUnderTest['api'];
let source: { id: string; name: string };

beforeEach(async () => {
  service = await startForTest({ home: await temporaryDirectory() });
  api = service.api;
  source = await createSource(service, [DAILY, COUNTRIES]);
  await runToEnd(service, source.id);
});

afterEach(() => service.stop());

async function download(path: string, init: RequestInit = {}) {
  const response = await fetch(`${service.url}/api/v1${path}`, {
    ...init,
    headers: { Authorization: `Bearer ${TOKEN}`, 'Content-Type': 'application/json' },
  });
  return { response, bytes: new Uint8Array(await response.arrayBuffer()) };
}

describe('a table', () => {
  const path = `/tables/raw/chart_${COUNTRIES}`;

  it('says what it is', async () => {
    await api('PATCH', `/sources/${source.id}/streams/chart_${COUNTRIES}`, {
      note: 'For the board',
    });
    const { body } = await api('GET', path);
    expect(body).toMatchObject({
      rows: 300,
      version: 0,
      stream: `chart_${COUNTRIES}`,
      source: source.name,
      owner: { source: source.name, note: 'For the board' },
    });
    expect(body.columns.map((column: { name: string }) => column.name)).toEqual([
      'chart_id',
      'dimension_name',
      'dimension_value',
      'segment',
      'value',
    ]);
    expect(body.columns[4].description).toContain('number');
  });

  it('shows its first rows, its statistics and its versions', async () => {
    const preview = await api('GET', `${path}/preview?limit=3`);
    expect(preview.body.rows).toHaveLength(3);
    const { body } = await api('GET', `${path}/statistics`);
    expect(body.columns[2]).toMatchObject({ name: 'dimension_value', nulls: 0, distinct: 10 });
    service.simulator.restate(COUNTRIES);
    await runToEnd(service, source.id);
    const versions = (await api('GET', `${path}/versions`)).body.items;
    expect(versions).toMatchObject([{ version: 1, rows: 300 }, { version: 0 }]);
    expect(versions[0].change.changed).toBeGreaterThan(0);
    const old = await api('GET', `${path}/preview?limit=300&version=0`);
    const now = await api('GET', `${path}/preview?limit=300`);
    expect(old.body.rows).not.toEqual(now.body.rows);
  });

  it('is exported in each format', async () => {
    const csv = await download(`${path}/export?format=csv`);
    expect(csv.response.headers.get('content-disposition')).toContain(`chart_${COUNTRIES}.csv`);
    expect(new TextDecoder().decode(csv.bytes).trim().split(/\r?\n/)).toHaveLength(301);
    const lines = await download(`${path}/export?format=jsonl`);
    const [first] = new TextDecoder().decode(lines.bytes).split('\n');
    expect(JSON.parse(first ?? '')).toMatchObject({
      chart_id: COUNTRIES,
      dimension_name: 'Country',
    });
    const parquet = await download(`${path}/export?format=parquet`);
    expect(new TextDecoder().decode(parquet.bytes.subarray(0, 4))).toBe('PAR1');
    const arrow = await download('/sql/export', {
      method: 'POST',
      body: JSON.stringify({ query: `SELECT value FROM raw.chart_${COUNTRIES}`, format: 'arrow' }),
    });
    expect(tableFromIPC(arrow.bytes).numRows).toBe(300);
  });

  it('moves with its stream, its versions and its note', async () => {
    const moved = await api('PATCH', path, {
      layer: 'trusted',
      name: 'countries',
      folder: 'growth',
    });
    expect(moved.body).toMatchObject({ layer: 'trusted', name: 'countries', folder: 'growth' });
    expect((await api('GET', path)).status).toBe(404);
    service.simulator.restate(COUNTRIES);
    const run = await runToEnd(service, source.id);
    expect(run.results[1]).toMatchObject({ table: 'trusted.countries', status: 'success' });
    const { body } = await api('GET', '/tables/trusted/countries/versions');
    expect(body.items.at(0).rows).toBe(300);
    expect(body.items.length).toBeGreaterThanOrEqual(2);
  });

  it('is dropped only with the confirmation that names it as it is', async () => {
    expect((await api('DELETE', path)).status).toBe(409);
    const { body } = await api('GET', `${path}/removal`);
    expect(body).toMatchObject({ versions: 1, table: { rows: 300 } });
    expect((await api('DELETE', `${path}?confirm=${body.confirm}x`)).status).toBe(409);
    expect((await api('DELETE', `/tables/raw/chart_${DAILY}?confirm=${body.confirm}`)).status).toBe(
      409,
    );
    expect((await api('DELETE', `${path}?confirm=${body.confirm}`)).status).toBe(204);
    expect((await api('GET', path)).status).toBe(404);
    // Its stream makes a new one.
    await runToEnd(service, source.id);
    expect((await api('GET', path)).body).toMatchObject({ rows: 300, version: 0 });
  });

  it.each(['..', '%2e%2e', 'raw%2f..', "raw';--", 'RAW', 'a'.repeat(129)])(
    'is not found under the layer %s',
    async (layer) => {
      const { status } = await api('GET', `/tables/${layer}/chart_${DAILY}`);
      expect([400, 404]).toContain(status);
    },
  );
});

describe('the list of tables', () => {
  const stream = (chart: string) => `/sources/${source.id}/streams/chart_${chart}`;
  const found = async (query: string) => {
    const { body } = await api('GET', `/tables${query}`);
    return body.items
      .map(({ layer, name }: { layer: string; name: string }) => `${layer}.${name}`)
      .filter((name: string) => !name.endsWith('charts_metadata'));
  };

  it('is found by layer, folder, source, and words of its name, title or note', async () => {
    await api('PATCH', stream(COUNTRIES), { note: 'For the Board', folder: 'growth' });
    await api('PATCH', stream(DAILY), { layer: 'trusted' });
    const [countries, daily] = [`raw.chart_${COUNTRIES}`, `trusted.chart_${DAILY}`];
    const other = await createSource(service, [DAILY], { prefix: 'other_' });
    await runToEnd(service, other.id);
    const ofOther = `raw.other_chart_${DAILY}`;
    expect(await found('')).toEqual([countries, ofOther, daily]);
    expect(await found('?layer=trusted')).toEqual([daily]);
    expect(await found('?folder=growth')).toEqual([countries]);
    expect(await found(`?source_id=${other.id}`)).toEqual([ofOther]);
    expect(await found('?text=board')).toEqual([countries]);
    expect(await found('?text=OTHER_')).toEqual([ofOther]);
    const { title } = (await api('GET', `/tables/trusted/chart_${DAILY}`)).body;
    expect(await found(`?text=${encodeURIComponent(title)}`)).toEqual([ofOther, daily]);
    expect(await found('?text=nothing')).toEqual([]);
  });

  it('is turned page by page, and says whose each table is', async () => {
    const pages: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { body } = await api('GET', `/tables?limit=1&cursor=${cursor}`);
      const [table] = body.items;
      pages.push(`${table.name} ${table.owner.source}`);
      cursor = body.next_cursor;
    }
    expect(pages).toEqual(
      [`chart_${COUNTRIES}`, `chart_${DAILY}`, 'charts_metadata'].map(
        (name) => `${name} ${source.name}`,
      ),
    );
  });
});

describe('layers', () => {
  it('are added, renamed with their tables, and removed when they are empty', async () => {
    const { body } = await api('GET', '/layers');
    expect(body.items.map((layer: { title: string }) => layer.title)).toEqual([
      'Raw',
      'Trusted',
      'Service',
    ]);
    expect((await api('POST', '/layers', { name: 'gold' })).status).toBe(201);
    expect((await api('POST', '/layers', { name: 'gold' })).body.code).toBe('layer_taken');
    expect((await api('POST', '/layers', { name: '../x' })).body.code).toBe('layer_name_invalid');
    expect((await api('DELETE', '/layers/raw')).body.code).toBe('layer_not_empty');
    expect((await api('PATCH', '/layers/raw', { name: 'bronze' })).status).toBe(200);
    const run = await runToEnd(service, source.id);
    expect(run.results[0]).toMatchObject({ table: `bronze.chart_${DAILY}`, status: 'unchanged' });
    expect((await api('DELETE', '/layers/gold')).status).toBe(200);
  });
});

describe('SQL', () => {
  it('is limited in rows and says so', async () => {
    const { body } = await api('POST', '/sql', {
      query: `SELECT * FROM raw.chart_${COUNTRIES}`,
      limit: 10,
    });
    expect(body.rows).toHaveLength(10);
    expect(body.truncated).toBe(true);
  });

  it('points at the place of an error', async () => {
    const { status, body } = await api('POST', '/sql', {
      query: `SELECT chart_id,\n       valu\n  FROM raw.chart_${COUNTRIES}`,
    });
    expect(status).toBe(422);
    expect(body).toMatchObject({ code: 'sql_failed', place: { line: 2, column: 8 } });
  });

  it('ends with its time', async () => {
    const { status, body } = await api('POST', '/sql', {
      query: 'SELECT max(sleep_ms(range)) FROM range(600000, 700000)',
      time_limit_seconds: 1,
    });
    expect(status).toBe(422);
    expect(body.code).toBe('sql_time_limit');
  });
});

describe('a source', () => {
  it('is deleted with or without its tables, after a look at what goes', async () => {
    const dry = await api('DELETE', `/sources/${source.id}?tables=drop&dry_run=true`);
    expect(dry.body.tables.map((table: { table: string }) => table.table)).toEqual([
      `raw.chart_${COUNTRIES}`,
      `raw.chart_${DAILY}`,
      'raw.charts_metadata',
    ]);
    expect((await api('GET', `/sources/${source.id}`)).status).toBe(200);
    expect((await api('DELETE', `/sources/${source.id}?tables=drop`)).status).toBe(200);
    expect((await api('GET', '/tables')).body.items).toEqual([]);
    expect((await api('GET', `/sources/${source.id}`)).status).toBe(404);
  });

  it('is duplicated, paused, with tables of its own', async () => {
    const { status, body } = await api('POST', `/sources/${source.id}/duplicate`, {});
    expect(status).toBe(201);
    expect(body).toMatchObject({ name: `${source.name} (copy)`, paused: true });
    const run = await runToEnd(service, body.id);
    expect(run).toMatchObject({ status: 'success' });
    expect(run.results[0].table).toBe(`raw.copy_chart_${DAILY}`);
  });

  it('is changed by one person at a time', async () => {
    const { revision } = (await api('GET', `/sources/${source.id}`)).body;
    const headers = { Authorization: `Bearer ${TOKEN}`, 'If-Match': `"${revision}"` };
    const first = await api('PATCH', `/sources/${source.id}`, { description: 'One' }, headers);
    expect(first.status).toBe(200);
    const second = await api('PATCH', `/sources/${source.id}`, { description: 'Two' }, headers);
    expect(second).toMatchObject({ status: 409, body: { code: 'conflict' } });
  });

  it('leaves a trail of who did what', async () => {
    const trigger = { type: 'weekly', days: ['mon'], time: '07:00', timezone: 'UTC' };
    await api('PATCH', `/sources/${source.id}`, { paused: true, trigger, name: source.name });
    const stream = `/sources/${source.id}/streams/chart_${DAILY}`;
    await api('PATCH', stream, { note: 'For Mondays', layer: 'raw' });
    const { body } = await api('GET', '/audit');
    const [noted, changed] = body.items;
    expect(noted).toMatchObject({
      action: 'stream.changed',
      details: { before: { note: '' }, after: { note: 'For Mondays' } },
    });
    expect(changed.details).toEqual({
      before: { trigger: 'Only when somebody starts it', paused: false },
      after: { trigger: 'Every Monday at 07:00, UTC', paused: true },
    });
    expect(
      body.items
        .slice(1)
        .map((entry: { action: string }) => entry.action)
        .slice(0, 4),
    ).toEqual(['source.changed', 'run.started', 'source.created', 'validation.started']);
  });
});
