import { OpenAPIHono } from '@hono/zod-openapi';
import type { Service } from '../../service/service.ts';
import type { AppEnv } from '../app-env.ts';
import { audited } from '../audited.ts';
import { defineRoute, jsonBody } from '../define-route.ts';
import { idParam, pageOf, presentPage } from '../page-query.ts';
import { presentRun } from '../runs/presenter.ts';
import { runQuery, runSchema } from '../runs/schema.ts';

const listSourceRuns = defineRoute('viewer', {
  method: 'get',
  path: '/sources/{id}/runs',
  operationId: 'listSourceRuns',
  tags: ['sources'],
  summary: 'List the runs of a source',
  description: 'Newest first.',
  request: { params: idParam, query: runQuery.omit({ source_id: true, text: true }) },
  responses: { 200: { description: 'A page of runs.', content: jsonBody(pageOf(runSchema)) } },
});

const startRun = defineRoute('editor', {
  method: 'post',
  path: '/sources/{id}/runs',
  operationId: 'startRun',
  tags: ['sources'],
  summary: 'Run a source now',
  description: 'Refused with `run_active` while it is being run.',
  request: { params: idParam },
  responses: { 202: { description: 'The run.', content: jsonBody(runSchema) } },
});

/** The runs of one source. */
export function sourceRunRoutes({
  sources,
  runs,
  stores,
}: Pick<Service, 'sources' | 'runs' | 'stores'>) {
  return new OpenAPIHono<AppEnv>()
    .openapi(listSourceRuns, async (c) => {
      const source = await sources.get(c.req.valid('param').id);
      const { status: statuses, ...query } = c.req.valid('query');
      const page = await stores.runs.list({ ...query, sourceId: source.id, statuses });
      return c.json(presentPage(page, presentRun), 200);
    })
    .openapi(startRun, async (c) => {
      const source = await sources.get(c.req.valid('param').id);
      const run = await runs.start(source.id, c.get('actor'));
      await audited(c, 'run.started', { type: 'run', id: run.id, name: source.name });
      return c.json(presentRun(run), 202);
    });
}
