import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { Service } from '../../service/service.ts';
import type { AppEnv } from '../app-env.ts';
import { audited, fieldChanges } from '../audited.ts';
import { defineRoute, jsonBody } from '../define-route.ts';
import { idParam } from '../page-query.ts';
import { presentStream } from './presenter.ts';
import { addedStreamsSchema, streamChangesSchema, streamParams, streamSchema } from './schema.ts';

const allStreams = {
  description: 'All streams of the source.',
  content: jsonBody(z.object({ items: z.array(streamSchema) })),
};

const listStreams = defineRoute('viewer', {
  method: 'get',
  path: '/sources/{id}/streams',
  operationId: 'listStreams',
  tags: ['sources'],
  summary: 'List the streams of a source',
  request: { params: idParam },
  responses: { 200: allStreams },
});

const addStreams = defineRoute('editor', {
  method: 'post',
  path: '/sources/{id}/streams',
  operationId: 'addStreams',
  tags: ['sources'],
  summary: 'Add streams',
  description: 'New charts, from a validation of this source that is ready.',
  request: { params: idParam, body: { required: true, content: jsonBody(addedStreamsSchema) } },
  responses: { 201: allStreams },
});

const updateStream = defineRoute('editor', {
  method: 'patch',
  path: '/sources/{id}/streams/{name}',
  operationId: 'updateStream',
  tags: ['sources'],
  summary: 'Change a stream',
  description: 'Whether it runs, where its table stands, and the note on what it is for.',
  request: {
    params: streamParams,
    body: { required: true, content: jsonBody(streamChangesSchema) },
  },
  responses: { 200: { description: 'The stream.', content: jsonBody(streamSchema) } },
});

const removeStream = defineRoute('editor', {
  method: 'delete',
  path: '/sources/{id}/streams/{name}',
  operationId: 'removeStream',
  tags: ['sources'],
  summary: 'Take a chart out of a source',
  description: 'Its table stays in the catalog until you drop it there.',
  request: { params: streamParams },
  responses: { 200: allStreams },
});

/** The streams of a source, and the tables that they become. */
export function streamRoutes({ sources, streams: sourceStreams, stores }: Service) {
  const streamsOf = async (id: string) => ({
    items: (await stores.sources.streams(id)).map(presentStream),
  });
  return new OpenAPIHono<AppEnv>()
    .openapi(listStreams, async (c) => {
      const source = await sources.get(c.req.valid('param').id);
      return c.json(await streamsOf(source.id), 200);
    })
    .openapi(addStreams, async (c) => {
      const { validation_id: validationId, ...body } = c.req.valid('json');
      const source = await sources.get(c.req.valid('param').id);
      const streams = body.streams.map(({ sync_mode: syncMode, ...rest }) => ({
        ...rest,
        syncMode,
      }));
      await sourceStreams.add(source.id, { ...body, streams, validationId });
      const added = streams.map(({ stream }) => stream);
      const target = { type: 'source', id: source.id, name: source.name };
      await audited(c, 'source.streams_added', target, { streams: added });
      return c.json(await streamsOf(source.id), 201);
    })
    .openapi(updateStream, async (c) => {
      const { id, name } = c.req.valid('param');
      const source = await sources.get(id);
      const { items } = await streamsOf(id);
      const before = items.find((stream) => stream.name === name) ?? {};
      const after = presentStream(await sourceStreams.edit(id, name, c.req.valid('json')));
      const target = { type: 'stream', id: `${id}/${name}`, name: `${source.name}: ${name}` };
      await audited(c, 'stream.changed', target, fieldChanges(before, after));
      return c.json(after, 200);
    })
    .openapi(removeStream, async (c) => {
      const { id, name } = c.req.valid('param');
      const source = await sources.get(id);
      await sourceStreams.remove(id, name);
      const target = { type: 'stream', id: `${id}/${name}`, name: `${source.name}: ${name}` };
      await audited(c, 'stream.removed', target);
      return c.json(await streamsOf(id), 200);
    });
}
