import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { Validations } from '../../service/validations.ts';
import type { AppContext, AppEnv } from '../app-env.ts';
import { audited } from '../audited.ts';
import { defineRoute, jsonBody } from '../define-route.ts';
import { answerEvents, type StreamedEvent } from '../event-stream.ts';
import { idParam } from '../page-query.ts';
import { presentCheck, presentValidation } from './presenter.ts';
import { newValidationSchema, sourceValidationSchema, validationSchema } from './schema.ts';

const started = {
  202: { description: 'It has begun.', content: jsonBody(validationSchema) },
};

const createValidation = defineRoute('editor', {
  method: 'post',
  path: '/validations',
  operationId: 'createValidation',
  tags: ['validations'],
  summary: 'Check settings for a new source',
  description:
    'Returns at once. Poll it, or read its events, to see each check as it ends: the credentials, then every chart.',
  request: { body: { required: true, content: jsonBody(newValidationSchema) } },
  responses: started,
});

const createSourceValidation = defineRoute('editor', {
  method: 'post',
  path: '/sources/{id}/validations',
  operationId: 'createSourceValidation',
  tags: ['validations'],
  summary: 'Check new charts or new keys for a source',
  request: {
    params: idParam,
    body: { required: true, content: jsonBody(sourceValidationSchema) },
  },
  responses: started,
});

const getValidation = defineRoute('editor', {
  method: 'get',
  path: '/validations/{id}',
  operationId: 'getValidation',
  tags: ['validations'],
  summary: 'Read a validation',
  description: 'Validations are kept for a day.',
  request: { params: idParam },
  responses: { 200: { description: 'The validation.', content: jsonBody(validationSchema) } },
});

const readValidationEvents = defineRoute('editor', {
  method: 'get',
  path: '/validations/{id}/events',
  operationId: 'readValidationEvents',
  tags: ['validations'],
  summary: 'Watch a validation',
  description:
    'Server-sent events: a `check` for each, then one `ended`. Resumes after `Last-Event-ID`.',
  request: { params: idParam },
  responses: {
    200: { description: 'The events.', content: { 'text/event-stream': { schema: z.string() } } },
  },
});

/** Checking settings before they are saved. */
export function validationRoutes({ validations }: { readonly validations: Validations }) {
  return new OpenAPIHono<AppEnv>()
    .openapi(createValidation, async (c) => {
      const { connector, config } = c.req.valid('json');
      const validation = await validations.startNew(connector, config, c.get('actor'));
      await auditStart(c, validation.id, connector);
      return c.json(presentValidation(validation, [], []), 202);
    })
    .openapi(createSourceValidation, async (c) => {
      const { id } = c.req.valid('param');
      const { config } = c.req.valid('json');
      const validation = await validations.startForSource(id, config, c.get('actor'));
      await auditStart(c, validation.id, validation.connector);
      return c.json(presentValidation(validation, [], []), 202);
    })
    .openapi(getValidation, async (c) => {
      const { validation, checks, streams } = await validations.read(c.req.valid('param').id);
      return c.json(presentValidation(validation, checks, streams), 200);
    })
    .openapi(readValidationEvents, async (c) => {
      const { id } = c.req.valid('param');
      await validations.read(id);
      return answerEvents(c, (lastId, signal) => events(validations, id, lastId, signal));
    });
}

async function auditStart(c: AppContext, id: string, connector: string): Promise<void> {
  await audited(c, 'validation.started', { type: 'validation', id, name: connector });
}

async function* events(
  validations: Validations,
  id: string,
  lastId: number,
  signal: AbortSignal,
): AsyncGenerator<StreamedEvent> {
  let seq = lastId;
  for await (const { validation, checks, streams } of validations.follow(id, signal)) {
    for (const found of checks) {
      if (found.seq <= seq) continue;
      seq = found.seq;
      yield { id: String(seq), event: 'check', data: presentCheck(seq, found.check) };
    }
    if (validation.status === 'running') continue;
    const data = presentValidation(validation, [], streams);
    yield { id: String(seq), event: 'ended', data };
  }
}
