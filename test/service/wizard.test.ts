import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../sync/lake-fixture.ts';
import {
  accountOf,
  createSource,
  endOfValidation,
  runToEnd,
  type ServiceUnderTest,
  startForTest,
} from './running-service.ts';

const DAILY = 'q7m2xk4p';
const COUNTRIES = 'g4n8wl3r';
const DELETED = 'd3l3t3d0';

let service: ServiceUnderTest;
let api: ServiceUnderTest['api'];

beforeEach(async () => {
  service = await startForTest({ home: await temporaryDirectory() });
  api = service.api;
});

afterEach(() => service.stop());

async function validate(config: Readonly<Record<string, unknown>>) {
  const started = await api('POST', '/validations', { connector: 'amplitude', config });
  expect(started.status).toBe(202);
  return endOfValidation(api, started.body.id);
}

describe('step 1: account access', () => {
  it('is described by the connector, with where to find each field', async () => {
    const { body } = await api('GET', '/connectors/amplitude');
    expect(body.fields.map((field: { name: string }) => field.name)).toEqual([
      'api_key',
      'secret_key',
      'region',
      'chart_ids',
    ]);
    expect(body.fields[0]).toMatchObject({ title: 'API Key', secret: true, required: true });
    expect(body.fields[0].description).toContain('Organization settings');
    expect(body.fields[2]).toMatchObject({
      type: 'choice',
      choices: ['us', 'eu'],
      required: false,
    });
    expect(body.fields[3]).toMatchObject({ type: 'list', required: true });
  });

  it('shows each chart, or what is wrong with it and what to do', async () => {
    const validation = await validate(
      accountOf(
        service.simulator,
        `https://analytics.amplitude.com/team/chart/${DAILY}, ${COUNTRIES}\n${DELETED} ${DAILY}`,
      ),
    );
    expect(validation.status).toBe('ready');
    expect(validation.config).toEqual({ region: 'us', chart_ids: [DAILY, COUNTRIES, DELETED] });
    const checks = Object.fromEntries(
      validation.checks.map((check: { stream: string | null }) => [check.stream, check]),
    );
    expect(checks['null']).toMatchObject({ ok: true });
    expect(checks[`chart_${DAILY}`]).toMatchObject({
      ok: true,
      title: 'Daily buyers',
      shape: { layout: 'time_series', interval: 'day' },
    });
    expect(checks[`chart_${COUNTRIES}`].first_rows[0]).toHaveLength(5);
    expect(checks[`chart_${DELETED}`]).toMatchObject({
      ok: false,
      error: { code: 'chart_not_found', help: expect.stringContaining('') },
    });
    expect(validation.streams.map((s: { stream: string }) => s.stream)).toContain(
      'charts_metadata',
    );
    expect(validation.streams[0]).toMatchObject({ suggested_table: `chart_${DAILY}` });
  });

  it('tells each check as it ends, and resumes where a reader was', async () => {
    const started = await api('POST', '/validations', {
      connector: 'amplitude',
      config: accountOf(service.simulator, [DAILY, COUNTRIES]),
    });
    const path = `/validations/${started.body.id}/events`;
    const whole = String((await api('GET', path)).body);
    expect(whole.match(/^event: .*$/gm)).toEqual([
      'event: check',
      'event: check',
      'event: check',
      'event: ended',
    ]);
    const rest = String(
      (
        await api('GET', path, undefined, {
          Authorization: 'Bearer test-token-of-the-environment-0123456789',
          'Last-Event-ID': '2',
        })
      ).body,
    );
    expect(rest.match(/^event: .*$/gm)).toEqual(['event: check', 'event: ended']);
  });

  it('refuses wrong keys and links before anything is requested or saved', async () => {
    const wrong = await validate({
      ...accountOf(service.simulator, [DAILY]),
      secret_key: 'f'.repeat(32),
    });
    expect(wrong.status).toBe('failed');
    expect(wrong.checks[0].error.code).toBe('secret_key_wrong');

    const { status, body } = await api('POST', '/validations', {
      connector: 'amplitude',
      config: { api_key: '', secret_key: 'x', chart_ids: 'https://example.com/chart/abc123' },
    });
    expect(status).toBe(422);
    expect(body.issues.map((issue: { path: unknown }) => issue.path)).toEqual([
      ['config', 'api_key'],
      ['config', 'chart_ids'],
    ]);
  });
});

describe('steps 2 to 4: streams, tables, name and trigger', () => {
  it('makes a source of what was chosen, and leaves failed charts out', async () => {
    const validation = await validate(accountOf(service.simulator, [DAILY, COUNTRIES, DELETED]));
    const { status, body } = await api('POST', '/sources', {
      validation_id: validation.id,
      name: 'Growth',
      description: 'What we agreed on',
      layer: 'trusted',
      folder: 'amplitude',
      prefix: 'amp_',
      streams: [
        { stream: `chart_${COUNTRIES}`, note: 'Shown to the board' },
        { stream: 'charts_metadata', table: 'charts', layer: 'raw' },
      ],
      trigger: { type: 'daily', time: '06:30', timezone: 'Europe/Berlin' },
    });
    expect(body).toMatchObject({ name: 'Growth', paused: false });
    expect(status).toBe(201);
    expect(body.config).toEqual({ region: 'us', chart_ids: [DAILY, COUNTRIES] });
    expect(JSON.stringify(body)).not.toContain(service.simulator.projects[0]?.secretKey);
    expect(body.next_run_at).toMatch(/T0[45]:30:00\.000Z$/);

    const detail = (await api('GET', `/sources/${body.id}`)).body;
    expect(detail.streams).toMatchObject([
      { name: `chart_${DAILY}`, selected: false, table: `amp_chart_${DAILY}` },
      {
        name: `chart_${COUNTRIES}`,
        selected: true,
        table: `amp_chart_${COUNTRIES}`,
        layer: 'trusted',
      },
      {
        name: 'charts_metadata',
        selected: true,
        table: 'charts',
        layer: 'raw',
        folder: 'amplitude',
      },
    ]);
    expect(detail.streams[1].note).toBe('Shown to the board');
    expect(detail.next_runs).toHaveLength(5);
  });

  it('refuses field by field what cannot be used, and saves nothing', async () => {
    await createSource(service, [DAILY], { name: 'Growth' });
    const validation = await validate(accountOf(service.simulator, [DAILY, DELETED]));
    const { status, body } = await api('POST', '/sources', {
      validation_id: validation.id,
      name: 'growth',
      description: 'é'.repeat(141),
      streams: [
        { stream: `chart_${DAILY}` },
        { stream: `chart_${DELETED}` },
        { stream: 'charts_metadata', layer: 'gold' },
        { stream: 'chart_nobody' },
      ],
      trigger: { type: 'cron', expression: '61 * * * *', timezone: 'UTC' },
    });
    expect(status).toBe(422);
    expect(body.issues.map((issue: { path: unknown[] }) => issue.path.join('.')).sort()).toEqual([
      'description',
      'name',
      'streams.0.table',
      'streams.1.stream',
      'streams.2.layer',
      'streams.3.stream',
      'trigger.expression',
    ]);
    expect((await api('GET', '/sources')).body.items).toHaveLength(1);
  });

  it('shows the next five runs before saving, and warns of a schedule that brings nothing new', async () => {
    const validation = await validate(accountOf(service.simulator, [DAILY]));
    const { body } = await api('POST', '/triggers/preview', {
      trigger: { type: 'hourly', timezone: 'UTC' },
      validation_id: validation.id,
    });
    expect(body.next_runs).toHaveLength(5);
    expect(body.warnings).toMatchObject([{ code: 'schedule_faster_than_cache' }]);
  });
});

describe('step 5: the new source', () => {
  it('is run by hand, and its data appears in the catalog', async () => {
    const source = await createSource(service, [DAILY, COUNTRIES], { folder: 'growth' });
    expect((await api('GET', '/tables')).body.items).toEqual([]);
    const run = await runToEnd(service, source.id);
    expect(run).toMatchObject({ status: 'success', cause: 'manual', attempt: 1 });
    expect(run.results).toMatchObject([
      { stream: `chart_${DAILY}`, status: 'success', rows: 30, version: 0 },
      { stream: `chart_${COUNTRIES}`, status: 'success', rows: 300 },
      { stream: 'charts_metadata', status: 'success', rows: 2 },
    ]);
    const tables = (await api('GET', '/tables')).body.items;
    expect(tables.map((table: { name: string }) => table.name)).toEqual([
      `chart_${COUNTRIES}`,
      `chart_${DAILY}`,
      'charts_metadata',
    ]);
    expect(tables[0]).toMatchObject({
      folder: 'growth',
      rows: 300,
      owner: { source_id: source.id },
    });
    const answer = await api('POST', '/sql', {
      query: `SELECT count(*) AS n FROM raw.chart_${COUNTRIES} JOIN raw.charts_metadata USING (chart_id)`,
    });
    expect(answer.body).toMatchObject({ rows: [[300]], truncated: false });
  });

  it('gets more streams, and is run again', async () => {
    const source = await createSource(service, [DAILY]);
    await runToEnd(service, source.id);
    const started = await api('POST', `/sources/${source.id}/validations`, {
      config: { chart_ids: COUNTRIES },
    });
    const validation = await endOfValidation(api, started.body.id);
    expect(validation).toMatchObject({ purpose: 'add_streams', status: 'ready' });
    const added = await api('POST', `/sources/${source.id}/streams`, {
      validation_id: validation.id,
      streams: [{ stream: `chart_${COUNTRIES}`, table: 'countries' }],
    });
    expect(added.body.items.map((stream: { name: string }) => stream.name)).toEqual([
      `chart_${DAILY}`,
      'charts_metadata',
      `chart_${COUNTRIES}`,
    ]);
    const run = await runToEnd(service, source.id);
    const statuses = run.results.map((r: { table: string; status: string }) => [r.table, r.status]);
    expect(Object.fromEntries(statuses)).toEqual({
      [`raw.chart_${DAILY}`]: 'unchanged',
      'raw.charts_metadata': 'success',
      'raw.countries': 'success',
    });
  });

  it('loses a chart without losing its table', async () => {
    const source = await createSource(service, [DAILY, COUNTRIES]);
    await runToEnd(service, source.id);
    const removed = await api('DELETE', `/sources/${source.id}/streams/chart_${DAILY}`);
    expect(removed.status).toBe(200);
    const run = await runToEnd(service, source.id);
    expect(run.results.map((result: { stream: string }) => result.stream).sort()).toEqual([
      `chart_${COUNTRIES}`,
      'charts_metadata',
    ]);
    const table = await api('GET', `/tables/raw/chart_${DAILY}`);
    expect(table.body).toMatchObject({ rows: 30, owner: null });
  });
  it('gets other keys, which are checked first and never shown', async () => {
    const source = await createSource(service, [DAILY]);
    const { api_key, secret_key } = accountOf(service.simulator, []);
    const { keyring, stores } = service.running.service;
    const wrong = JSON.stringify({ api_key, secret_key: 'f'.repeat(32) });
    await stores.sources.update(source.id, { sealedSecrets: keyring.seal(wrong, source.id) });
    expect((await runToEnd(service, source.id)).error.code).toBe('secret_key_wrong');

    const check = async (config: Readonly<Record<string, string>>) => {
      const started = await api('POST', `/sources/${source.id}/validations`, { config });
      return endOfValidation(api, started.body.id);
    };
    const bad = await check({ secret_key: 'e'.repeat(32) });
    expect(bad).toMatchObject({ purpose: 'credentials', status: 'failed' });
    const path = `/sources/${source.id}/credentials`;
    expect((await api('POST', path, { validation_id: bad.id })).body.code).toBe('conflict');

    const good = await check({ secret_key });
    expect(JSON.stringify(good)).not.toContain(secret_key);
    const changed = await api('POST', path, { validation_id: good.id });
    expect(changed.status).toBe(200);
    expect(JSON.stringify(changed.body)).not.toContain(secret_key);
    expect((await runToEnd(service, source.id)).status).toBe('success');

    const both = { chart_ids: COUNTRIES, secret_key };
    const mixed = await api('POST', `/sources/${source.id}/validations`, { config: both });
    expect(mixed.body.issues).toMatchObject([{ path: ['config', 'secret_key'] }]);
  });
});
