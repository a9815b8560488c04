import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { Runs } from '../../service/runs.ts';
import type { RunStore } from '../../state/runs.ts';
import type { AppEnv } from '../app-env.ts';
import { audited } from '../audited.ts';
import { defineRoute, jsonBody } from '../define-route.ts';
import { answerEvents, type StreamedEvent } from '../event-stream.ts';
import { idParam, pageOf, presentPage } from '../page-query.ts';
import { presentEvent, presentResult, presentRun } from './presenter.ts';
import { runDetailSchema, runEventSchema, runLogQuery, runQuery, runSchema } from './schema.ts';

const listRuns = defineRoute('viewer', {
  method: 'get',
  path: '/runs',
  operationId: 'listRuns',
  tags: ['runs'],
  summary: 'List runs',
  description: 'Newest first.',
  request: { query: runQuery },
  responses: { 200: { description: 'A page of runs.', content: jsonBody(pageOf(runSchema)) } },
});

const getRun = defineRoute('viewer', {
  method: 'get',
  path: '/runs/{id}',
  operationId: 'getRun',
  tags: ['runs'],
  summary: 'Read a run',
  description: 'With what came of each stream so far.',
  request: { params: idParam },
  responses: { 200: { description: 'The run.', content: jsonBody(runDetailSchema) } },
});

const readRunLog = defineRoute('viewer', {
  method: 'get',
  path: '/runs/{id}/log',
  operationId: 'readRunLog',
  tags: ['runs'],
  summary: 'Read the log of a run',
  request: { params: idParam, query: runLogQuery },
  responses: {
    200: {
      description: 'Lines in the order in which they were written.',
      content: jsonBody(z.object({ items: z.array(runEventSchema) })),
    },
  },
});

const readRunEvents = defineRoute('viewer', {
  method: 'get',
  path: '/runs/{id}/events',
  operationId: 'readRunEvents',
  tags: ['runs'],
  summary: 'Watch a run',
  description:
    'Server-sent events: each line of the log, from the first one on or after `Last-Event-ID`; then one `ended` with the run and its results.',
  request: { params: idParam },
  responses: {
    200: { description: 'The events.', content: { 'text/event-stream': { schema: z.string() } } },
  },
});

const cancelRun = defineRoute('editor', {
  method: 'post',
  path: '/runs/{id}/cancel',
  operationId: 'cancelRun',
  tags: ['runs'],
  summary: 'Cancel a run',
  description: 'It ends within two seconds. Tables that it has not committed stay as they were.',
  request: { params: idParam },
  responses: { 202: { description: 'The run.', content: jsonBody(runSchema) } },
});

const retryRun = defineRoute('editor', {
  method: 'post',
  path: '/runs/{id}/retry',
  operationId: 'retryRun',
  tags: ['runs'],
  summary: 'Run again what failed',
  description:
    'A new run of the streams that failed or were not come to; the rows that `charts_metadata` has of them are refreshed, too.',
  request: { params: idParam },
  responses: { 202: { description: 'The new run.', content: jsonBody(runSchema) } },
});

export interface RunRouteParts {
  readonly runs: Runs;
  readonly stores: { readonly runs: RunStore };
}

/** What ran, what runs, and what came of it. */
export function runRoutes({ runs, stores }: RunRouteParts) {
  return new OpenAPIHono<AppEnv>()
    .openapi(listRuns, async (c) => {
      const { source_id: sourceId, status: statuses, ...query } = c.req.valid('query');
      const page = await stores.runs.list({ ...query, sourceId, statuses });
      return c.json(presentPage(page, presentRun), 200);
    })
    .openapi(getRun, async (c) => {
      return c.json(await runDetail(runs, c.req.valid('param').id), 200);
    })
    .openapi(readRunLog, async (c) => {
      const { id } = c.req.valid('param');
      await runs.get(id);
      const events = await stores.runs.events(id, c.req.valid('query'));
      return c.json({ items: events.map(presentEvent) }, 200);
    })
    .openapi(readRunEvents, async (c) => {
      const { id } = c.req.valid('param');
      await runs.get(id);
      return answerEvents(c, (lastId, signal) => events(runs, id, lastId, signal));
    })
    .openapi(cancelRun, async (c) => {
      const run = await runs.cancel(c.req.valid('param').id);
      await audited(c, 'run.canceled', { type: 'run', id: run.id, name: run.sourceId });
      return c.json(presentRun(run), 202);
    })
    .openapi(retryRun, async (c) => {
      const { id } = c.req.valid('param');
      const run = await runs.retry(id, c.get('actor'));
      const target = { type: 'run', id: run.id, name: run.sourceId };
      await audited(c, 'run.started', target, { retry_of: id });
      return c.json(presentRun(run), 202);
    });
}

async function runDetail(runs: Runs, id: string): Promise<z.output<typeof runDetailSchema>> {
  const run = await runs.get(id);
  return { ...presentRun(run), results: (await runs.results(id)).map(presentResult) };
}

async function* events(
  runs: Runs,
  id: string,
  lastId: number,
  signal: AbortSignal,
): AsyncGenerator<StreamedEvent> {
  let last = lastId;
  for await (const event of runs.follow(id, lastId, signal)) {
    last = event.seq;
    yield { id: String(last), event: event.type, data: presentEvent(event) };
  }
  if (signal.aborted) return;
  yield { id: String(last), event: 'ended', data: await runDetail(runs, id) };
}
