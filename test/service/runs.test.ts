import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { KEEP_ALIVE_MS } from '../../src/server/event-stream.ts';
import { temporaryDirectory } from '../sync/lake-fixture.ts';
import {
  accountOf,
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

beforeEach(async () => {
  service = await startForTest({ home: await temporaryDirectory() });
  api = service.api;
});

afterEach(() => service.stop());

/** The events of a run, from one on, until the answer ends. */
async function eventsOf(runId: string, lastId?: number) {
  const { body } = await api('GET', `/runs/${runId}/events`, undefined, {
    Authorization: `Bearer ${TOKEN}`,
    ...(lastId === undefined ? {} : { 'Last-Event-ID': String(lastId) }),
  });
  return String(body)
    .split('\n\n')
    .flatMap((block) => {
      const id = /^id: (\d+)$/m.exec(block)?.[1];
      const event = /^event: (.*)$/m.exec(block)?.[1];
      const data = /^data: (.*)$/m.exec(block)?.[1];
      return event === undefined ? [] : [{ id: Number(id), event, data: JSON.parse(data ?? '{}') }];
    });
}

describe('a run', () => {
  it('is watched live, and resumes after the last event that was seen', async () => {
    const source = await createSource(service, [DAILY]);
    const { body } = await api('POST', `/sources/${source.id}/runs`);
    const whole = await eventsOf(body.id);
    const types = whole.map(({ event }) => event);
    expect(types[0]).toBe('started');
    expect(types).toContain('stream_requesting');
    expect(types.filter((type) => type === 'stream_ended')).toHaveLength(2);
    expect(types.at(-1)).toBe('ended');
    expect(whole.at(-1)?.data).toMatchObject({ status: 'success', results: [{}, {}] });
    const rest = await eventsOf(body.id, 2);
    expect(rest.map(({ id }) => id)).toEqual(whole.slice(2).map(({ id }) => id));
  });

  it('is watched no longer by who may not look at it any more', async () => {
    const source = await createSource(service, [DAILY]);
    const { body: token } = await api('POST', '/tokens', { name: 'Wall screen', role: 'viewer' });
    service.simulator.setFault(DAILY, { kind: 'hang', times: 1 });
    const { body: run } = await api('POST', `/sources/${source.id}/runs`);
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    const watched = await fetch(`${service.url}/api/v1/runs/${run.id}/events`, {
      headers: { Authorization: `Bearer ${token.token}` },
    });
    const pieces = watched.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await pieces?.read())?.value).toMatch(/^event: started$/m);
    vi.advanceTimersByTime(KEEP_ALIVE_MS);
    let seen = '';
    while (!seen.includes(': waiting')) seen += (await pieces?.read())?.value;
    await api('DELETE', `/tokens/${token.id}`);
    vi.advanceTimersByTime(KEEP_ALIVE_MS);
    for (let piece = await pieces?.read(); piece?.done === false; piece = await pieces?.read()) {
      expect(piece.value).not.toContain('ended');
    }
    await api('POST', `/runs/${run.id}/cancel`);
    expect((await eventsOf(run.id)).at(-1)?.data).toMatchObject({ status: 'canceled' });
  });

  it('keeps a log that can be searched, without secrets', async () => {
    const source = await createSource(service, [DAILY]);
    const run = await runToEnd(service, source.id);
    const { body } = await api('GET', `/runs/${run.id}/log?text=${DAILY}&level=info`);
    expect(body.items.length).toBeGreaterThan(0);
    const [project] = service.simulator.projects;
    const everything = JSON.stringify(body) + service.log.join('');
    expect(everything).not.toContain(project?.secretKey);
    expect(everything).not.toContain(project?.apiKey);
  });

  it('goes on beside a chart that fails, and a retry runs only what failed', async () => {
    const source = await createSource(service, [DAILY, COUNTRIES]);
    service.simulator.setFault(DAILY, { kind: 'html', times: 1 });
    const run = await runToEnd(service, source.id);
    expect(run.status).toBe('partial');
    expect(run.results).toMatchObject([
      { stream: `chart_${DAILY}`, status: 'failed', error: { code: 'not_a_chart_report' } },
      { stream: `chart_${COUNTRIES}`, status: 'success' },
      { stream: 'charts_metadata', status: 'success', warnings: [{ code: 'row_kept' }] },
    ]);
    const before = service.simulator.stats().requestsByChart[COUNTRIES];
    const retry = await api('POST', `/runs/${run.id}/retry`);
    expect(retry.body).toMatchObject({
      cause: 'retry',
      retry_of: run.id,
      streams: [`chart_${DAILY}`],
    });
    await eventsOf(retry.body.id);
    const again = (await api('GET', `/runs/${retry.body.id}`)).body;
    expect(again.status).toBe('success');
    expect(again.results).toMatchObject([
      { stream: `chart_${DAILY}`, status: 'success', rows: 30 },
      { stream: 'charts_metadata', status: 'success', change: { changed: 1 } },
    ]);
    expect(service.simulator.stats().requestsByChart[COUNTRIES]).toBe(before);
    expect((await api('POST', `/runs/${retry.body.id}/retry`)).status).toBe(409);
  });

  it('is canceled within two seconds, and leaves tables whole', async () => {
    const source = await createSource(service, [DAILY, COUNTRIES]);
    await runToEnd(service, source.id);
    service.simulator.setFault(COUNTRIES, { kind: 'hang' });
    service.simulator.restate(COUNTRIES);
    const { body } = await api('POST', `/sources/${source.id}/runs`);
    const second = await api('POST', `/sources/${source.id}/runs`);
    expect(second).toMatchObject({ status: 409, body: { code: 'run_active' } });
    // A table does not move under the hands of a run.
    const path = `/sources/${source.id}/streams/chart_${COUNTRIES}`;
    expect((await api('PATCH', path, { table: 'moved' })).body.code).toBe('run_active');
    expect((await api('PATCH', path, { note: 'Any time' })).status).toBe(200);
    expect((await api('PATCH', '/layers/raw', { name: 'bronze' })).body.code).toBe('run_active');
    expect((await api('DELETE', `/sources/${source.id}`)).body.code).toBe('run_active');
    const watching = eventsOf(body.id);
    await expect
      .poll(async () => (await api('GET', `/runs/${body.id}`)).body.results.length)
      .toBeGreaterThan(0);
    const started = performance.now();
    await api('POST', `/runs/${body.id}/cancel`);
    const events = await watching;
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(events.at(-1)?.data).toMatchObject({ status: 'canceled' });
    const answer = await api('POST', '/sql', {
      query: `SELECT count(*) FROM raw.chart_${COUNTRIES}`,
    });
    expect(answer.body.rows).toEqual([[300]]);
    // What was not come to is what a retry runs.
    const retry = await api('POST', `/runs/${body.id}/retry`);
    expect(retry.body.streams).toContain(`chart_${COUNTRIES}`);
    expect(retry.body.streams).not.toContain(`chart_${DAILY}`);
  });

  it('ends as failed with one error when the keys are no longer good', async () => {
    const source = await createSource(service, [DAILY]);
    const { keyring, stores } = service.running.service;
    const keys = { ...accountOf(service.simulator, []), secret_key: 'f'.repeat(32) };
    const { chart_ids: _, ...secrets } = keys;
    await stores.sources.update(source.id, {
      sealedSecrets: keyring.seal(JSON.stringify(secrets), source.id),
    });
    const run = await runToEnd(service, source.id);
    expect(run).toMatchObject({ status: 'failed', error: { code: 'secret_key_wrong' } });
  });

  it('starts once for the same Idempotency-Key', async () => {
    const source = await createSource(service, [DAILY]);
    const headers = { Authorization: `Bearer ${TOKEN}`, 'Idempotency-Key': 'once' };
    const [a, b] = await Promise.all([
      api('POST', `/sources/${source.id}/runs`, undefined, headers),
      api('POST', `/sources/${source.id}/runs`, undefined, headers),
    ]);
    const c = await api('POST', `/sources/${source.id}/runs`, undefined, headers);
    expect([a, b, c].filter(({ status }) => status === 202).length).toBeGreaterThanOrEqual(2);
    const { body } = await api('GET', `/runs?source_id=${source.id}`);
    expect(body.items).toHaveLength(1);
  });

  it('of another source follows its success', async () => {
    const first = await createSource(service, [DAILY]);
    const next = await createSource(service, [COUNTRIES], {
      prefix: 'b_',
      trigger: { type: 'after', source_id: first.id },
    });
    const run = await runToEnd(service, first.id);
    await expect
      .poll(async () => (await api('GET', `/sources/${next.id}/runs`)).body.items[0]?.status)
      .toBe('success');
    const [followed] = (await api('GET', `/sources/${next.id}/runs`)).body.items;
    expect(followed).toMatchObject({ cause: 'after', started_by: { type: 'system' } });
    expect(Date.parse(followed.queued_at)).toBeGreaterThanOrEqual(Date.parse(run.ended_at));
    const loop = await api('PATCH', `/sources/${first.id}`, {
      trigger: { type: 'after', source_id: next.id },
    });
    expect(loop).toMatchObject({ status: 422, body: { issues: [{ path: ['trigger'] }] } });
  });

  it('tells of itself in SQL', async () => {
    const source = await createSource(service, [DAILY]);
    const run = await runToEnd(service, source.id);
    const { body } = await api('POST', '/sql', {
      query: `SELECT r.run_id, r.status, r.source, count(*)
                FROM chartlift.runs r JOIN chartlift.stream_results s USING (run_id)
                JOIN chartlift.tables t ON s.table_name = t.layer || '.' || t.table_name GROUP BY ALL`,
    });
    expect(body.rows).toEqual([[run.id, 'success', source.name, 2]]);
  });
});
