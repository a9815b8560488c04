import { OpenAPIHono, z } from '@hono/zod-openapi';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ChartliftError } from '../../src/errors.ts';
import { createLogger } from '../../src/logger.ts';
import type { AppEnv } from '../../src/server/app-env.ts';
import { defineRoute, jsonBody } from '../../src/server/define-route.ts';
import { startServer } from '../../src/server/listen.ts';
import { answerProblem } from '../../src/server/problem.ts';
import { AuditStore } from '../../src/state/audit.ts';
import { IdempotencyStore } from '../../src/state/idempotency.ts';
import { eachDatabase, type TestDatabases } from '../state/each-database.ts';
import { settableClock } from '../state/settable-clock.ts';
import { send } from './test-server.ts';

const answer = z.object({ count: z.int() });

/** An app of one route that counts how often it was carried out, and does what a test says. */
async function openCounter(
  open: TestDatabases['open'],
  act: (count: number) => Promise<void>,
  timeLimitMs = 60_000,
) {
  const database = await open();
  const clock = settableClock();
  const audit = new AuditStore(database, clock);
  const services = { audit, idempotency: new IdempotencyStore(database, clock) };
  const route = defineRoute(
    'editor',
    {
      method: 'post',
      path: '/counts/{id}',
      operationId: 'countUp',
      tags: ['counts'],
      summary: 'Count',
      request: { params: z.object({ id: z.string() }) },
      responses: { 200: { description: 'The count.', content: jsonBody(answer) } },
    },
    { timeLimitMs },
  );
  let count = 0;
  const app = new OpenAPIHono<AppEnv>();
  app.onError((error, c) => answerProblem(c, error));
  app.use(async (c, next) => {
    c.set('requestId', 'request-1');
    c.set('logger', createLogger({ level: 'silent' }));
    // The parts of the services that these middlewares use.
    c.set('services', { ...c.get('services'), ...services });
    c.set('principal', {
      actor: { type: 'user', id: 'usr_1', name: 'Ada' },
      role: 'editor',
      userId: 'usr_1',
      by: 'session',
    });
    await next();
  });
  app.openapi(route, async (c) => {
    count += 1;
    await act(count);
    return c.json({ count }, 200);
  });
  const server = await startServer({ app, host: '127.0.0.1', port: 0 });
  onTestFinished(() => server.close(0));
  return {
    audit,
    count: () => count,
    post: (key?: string) =>
      send(server.url, 'POST', '/counts/seven', {
        headers: key === undefined ? {} : { 'Idempotency-Key': key },
      }),
  };
}

eachDatabase('a request that changes something', ({ open }) => {
  it('is carried out once under its key', async () => {
    const { post, count } = await openCounter(open, async () => undefined);
    const first = await post('key');
    const again = await post('key');
    expect([first.json, again.json]).toEqual([{ count: 1 }, { count: 1 }]);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect((await post()).json).toEqual({ count: 2 });
    expect(count()).toBe(2);
  });

  it('is not carried out twice at once', async () => {
    const going = Promise.withResolvers<void>();
    const { post, count } = await openCounter(open, () => going.promise);
    const first = post('key');
    await expect.poll(count).toBe(1);
    expect(await post('key')).toMatchObject({ status: 409, json: { code: 'conflict' } });
    going.resolve();
    expect((await first).json).toEqual({ count: 1 });
    expect((await post('key')).json).toEqual({ count: 1 });
  });

  it('can be tried again after a fault of the service', async () => {
    const { post } = await openCounter(open, async (count) => {
      if (count === 1) throw new Error('a fault with a secret in it');
    });
    const failed = await post('key');
    expect(failed).toMatchObject({ status: 500, json: { code: 'internal' } });
    expect(failed.text).not.toContain('secret');
    expect((await post('key')).json).toEqual({ count: 2 });
  });

  it('gets the same refusal again', async () => {
    const { post, count } = await openCounter(open, async () => {
      throw new ChartliftError('table_name_taken', 'Taken.', 'Choose another name.');
    });
    expect((await post('key')).status).toBe(409);
    expect((await post('key')).json.code).toBe('table_name_taken');
    expect(count()).toBe(1);
  });

  it('is in the audit trail even if its route forgets to say so', async () => {
    const { post, audit } = await openCounter(open, async () => undefined);
    await post();
    const { items } = await audit.list({ limit: 10 });
    expect(items).toMatchObject([
      {
        actor: { id: 'usr_1' },
        action: 'countUp',
        target: { type: 'counts', id: 'seven' },
        requestId: 'request-1',
      },
    ]);
  });

  it('is not in the audit trail if it was refused', async () => {
    const { post, audit } = await openCounter(open, async () => {
      throw new ChartliftError('conflict', 'No.', 'Do not.');
    });
    await post();
    expect((await audit.list({ limit: 10 })).items).toEqual([]);
  });
});

describe('a request that takes too long', () => {
  eachDatabase('is answered', ({ open }) => {
    it('with an error', async () => {
      const { post } = await openCounter(open, () => new Promise(() => undefined), 50);
      expect(await post()).toMatchObject({ status: 503, json: { code: 'interrupted' } });
    });
  });
});
