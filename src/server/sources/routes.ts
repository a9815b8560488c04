import { OpenAPIHono } from '@hono/zod-openapi';
import { removeSource } from '../../service/remove-source.ts';
import type { Service } from '../../service/service.ts';
import type { AppContext, AppEnv } from '../app-env.ts';
import { audited, fieldChanges } from '../audited.ts';
import { defineRoute, jsonBody } from '../define-route.ts';
import { REVISION_HEADER, readRevision } from '../if-match.ts';
import { answerPage, idParam, keptJson, pageOf } from '../page-query.ts';
import { presentRun } from '../runs/presenter.ts';
import {
  auditedFacts,
  presentListing,
  presentRemoval,
  presentSource,
  presentStream,
} from './presenter.ts';
import { sourceRunRoutes } from './run-routes.ts';
import {
  credentialsSchema,
  duplicateSchema,
  newSourceSchema,
  removalQuery,
  removalSchema,
  sourceChangesSchema,
  sourceDetailSchema,
  sourceListingSchema,
  sourceQuery,
  sourceSchema,
} from './schema.ts';
import { streamRoutes } from './stream-routes.ts';

const oneSource = { description: 'The source.', content: jsonBody(sourceSchema) };

const listSources = defineRoute('viewer', {
  method: 'get',
  path: '/sources',
  operationId: 'listSources',
  tags: ['sources'],
  summary: 'List the sources',
  description: 'By name, each with its last run.',
  request: { query: sourceQuery },
  responses: {
    200: { description: 'A page of sources.', content: jsonBody(pageOf(sourceListingSchema)) },
  },
});

const createSource = defineRoute('editor', {
  method: 'post',
  path: '/sources',
  operationId: 'createSource',
  tags: ['sources'],
  summary: 'Create a source',
  description:
    'From a validation that is ready. Whatever cannot be used is told field by field, and nothing is saved then.',
  request: { body: { required: true, content: jsonBody(newSourceSchema) } },
  responses: { 201: oneSource },
});

const getSource = defineRoute('viewer', {
  method: 'get',
  path: '/sources/{id}',
  operationId: 'getSource',
  tags: ['sources'],
  summary: 'Read a source',
  description: 'With its streams, last run and next five runs.',
  request: { params: idParam },
  responses: { 200: { description: 'The source.', content: jsonBody(sourceDetailSchema) } },
});

const updateSource = defineRoute('editor', {
  method: 'patch',
  path: '/sources/{id}',
  operationId: 'updateSource',
  tags: ['sources'],
  summary: 'Change a source',
  description:
    'Name, description, trigger, time limit, paused. With `If-Match: <revision>` it is refused if somebody else changed it meanwhile.',
  request: {
    params: idParam,
    headers: REVISION_HEADER,
    body: { required: true, content: jsonBody(sourceChangesSchema) },
  },
  responses: { 200: oneSource },
});

const deleteSource = defineRoute('editor', {
  method: 'delete',
  path: '/sources/{id}',
  operationId: 'deleteSource',
  tags: ['sources'],
  summary: 'Delete a source',
  description:
    'With its runs. Its tables stay in the catalog unless `tables=drop`; `dry_run=true` lists them first.',
  request: { params: idParam, query: removalQuery },
  responses: { 200: { description: 'What went.', content: jsonBody(removalSchema) } },
});

const duplicateSource = defineRoute('editor', {
  method: 'post',
  path: '/sources/{id}/duplicate',
  operationId: 'duplicateSource',
  tags: ['sources'],
  summary: 'Duplicate a source',
  description: 'Same account and streams, tables of its own, paused until you resume it.',
  request: { params: idParam, body: { required: true, content: jsonBody(duplicateSchema) } },
  responses: { 201: oneSource },
});

const changeCredentials = defineRoute('editor', {
  method: 'post',
  path: '/sources/{id}/credentials',
  operationId: 'changeCredentials',
  tags: ['sources'],
  summary: 'Change the keys of a source',
  description: 'To those of a validation of this source that is ready.',
  request: { params: idParam, body: { required: true, content: jsonBody(credentialsSchema) } },
  responses: { 200: oneSource },
});

const listingJson = keptJson(presentListing);

/** Sources: what is read, from where, when. */
export function sourceRoutes(service: Service) {
  const { sources, stores, runs, lake } = service;
  return new OpenAPIHono<AppEnv>()
    .openapi(listSources, async (c) => {
      const { paused, ...query } = c.req.valid('query');
      const page = await stores.sources.list({
        ...query,
        ...(paused === undefined ? {} : { paused: paused === 'true' }),
      });
      return answerPage(c, page, listingJson);
    })
    .openapi(createSource, async (c) => {
      const {
        validation_id: validationId,
        time_limit_minutes: minutes,
        ...body
      } = c.req.valid('json');
      const streams = body.streams.map(({ sync_mode: syncMode, ...rest }) => ({
        ...rest,
        syncMode,
      }));
      const source = await sources.create(
        { ...body, streams, validationId, timeLimitMs: minutes * 60_000 },
        c.get('actor'),
      );
      await auditSource(c, 'source.created', source, { streams: streams.length });
      return c.json(presentSource(source), 201);
    })
    .openapi(getSource, async (c) => {
      const source = await sources.get(c.req.valid('param').id);
      const streams = await stores.sources.streams(source.id);
      const { items } = await stores.runs.list({ sourceId: source.id, limit: 1 });
      const advice = await sources.advise(source.trigger, { sourceId: source.id });
      return c.json(
        {
          ...presentSource(source),
          streams: streams.map(presentStream),
          last_run: items[0] ? presentRun(items[0]) : null,
          next_runs: source.paused ? [] : advice.nextRuns.map((at) => new Date(at).toISOString()),
          warnings: [...advice.warnings],
        },
        200,
        { ETag: `"${source.revision}"` },
      );
    })
    .openapi(updateSource, async (c) => {
      const { time_limit_minutes: minutes, ...changes } = c.req.valid('json');
      const timeLimitMs = minutes === undefined ? undefined : minutes * 60_000;
      const revision = readRevision(c.req.valid('header'));
      const { id } = c.req.valid('param');
      const before = auditedFacts(await sources.get(id));
      const source = await sources.update(id, { ...changes, timeLimitMs }, revision);
      await auditSource(c, 'source.changed', source, fieldChanges(before, auditedFacts(source)));
      return c.json(presentSource(source), 200);
    })
    .openapi(deleteSource, async (c) => {
      const { id } = c.req.valid('param');
      const { tables, dry_run } = c.req.valid('query');
      const dryRun = dry_run === 'true';
      const source = await sources.get(id);
      const removal = await removeSource(
        { sources, store: stores.sources, runs: stores.runs, lake },
        id,
        { drop: tables === 'drop', dryRun },
      );
      // A dry run is no change: the trail has nothing to tell of it.
      if (dryRun) c.set('wasAudited', true);
      else await auditSource(c, 'source.deleted', source, { tables });
      return c.json(presentRemoval(removal, dryRun), 200);
    })
    .openapi(duplicateSource, async (c) => {
      const { id } = c.req.valid('param');
      const source = await sources.duplicate(id, c.req.valid('json'), c.get('actor'));
      await auditSource(c, 'source.created', source, { duplicate_of: id });
      return c.json(presentSource(source), 201);
    })
    .openapi(changeCredentials, async (c) => {
      const { id } = c.req.valid('param');
      const source = await sources.changeCredentials(id, c.req.valid('json').validation_id);
      await auditSource(c, 'source.credentials_changed', source, {});
      return c.json(presentSource(source), 200);
    })
    .route('/', streamRoutes(service))
    .route('/', sourceRunRoutes({ sources, runs, stores }));
}

async function auditSource(
  c: AppContext,
  action: string,
  source: { readonly id: string; readonly name: string },
  details: Readonly<Record<string, unknown>>,
): Promise<void> {
  await audited(c, action, { type: 'source', id: source.id, name: source.name }, details);
}
