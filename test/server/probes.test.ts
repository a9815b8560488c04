import { chmod, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveForTest, type TestServer } from './test-server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await serveForTest();
});

afterAll(() => server.close());

describe('/healthz', () => {
  it('says that the process answers', async () => {
    const answer = await server.request('GET', '/healthz', { as: 'nobody' });
    expect(answer).toMatchObject({ status: 200, json: { status: 'alive' } });
  });
});

describe('/readyz', () => {
  const ask = () => server.request('GET', '/readyz', { as: 'nobody' });

  it('says whether the service can work', async () => {
    expect(await ask()).toMatchObject({ status: 200, json: { status: 'ready', reasons: [] } });
  });

  it('says why not, without naming a path', async () => {
    const lake = join(server.home, 'lake');
    await rename(lake, `${lake}-aside`);
    await writeFile(lake, 'a file where the lake was');
    await chmod(lake, 0o400);
    const answer = await ask();
    expect(answer).toMatchObject({
      status: 503,
      json: { status: 'not ready', reasons: ['The lake cannot be written.'] },
    });
    expect(answer.text).not.toContain(server.home);
    await rm(lake);
    await rename(`${lake}-aside`, lake);
    expect((await ask()).status).toBe(200);
  });
});

describe('/metrics', () => {
  it('are for viewers', async () => {
    expect((await server.request('GET', '/metrics', { as: 'nobody' })).status).toBe(401);
    const answer = await server.request('GET', '/metrics', { as: 'viewer' });
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toContain('text/plain; version=0.0.4');
  });

  it('count requests by route, not by address', async () => {
    await server.request('GET', '/api/v1/users/unknown-1');
    await server.request('GET', '/api/v1/nothing-like-that');
    const { text } = await server.request('GET', '/metrics');
    expect(text).toContain(
      'chartlift_http_request_duration_seconds_count{method="GET",route="/api/v1/users/:id",status="404"} 1',
    );
    expect(text).toContain('route="none",status="404"');
    expect(text).not.toMatch(/unknown-1|nothing-like-that/);
  });

  it.each([
    'chartlift_runs_total',
    'chartlift_stream_duration_seconds',
    'chartlift_rows_total',
    'chartlift_requests_total',
    'chartlift_rate_limit_waits_total',
    'chartlift_rate_limit_wait_seconds_total',
    'chartlift_queue_runs{state="queued"} 0',
    'chartlift_queue_oldest_seconds 0',
    'process_resident_memory_bytes',
  ])('have %s', async (name) => {
    expect((await server.request('GET', '/metrics')).text).toContain(name);
  });

  it('are for anyone if that is set', async () => {
    const open = await serveForTest({ CHARTLIFT_METRICS_PUBLIC: 'true' });
    try {
      expect((await open.request('GET', '/metrics', { as: 'nobody' })).status).toBe(200);
    } finally {
      await open.close();
    }
  });
});
