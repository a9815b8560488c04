import { OpenAPIHono, z } from '@hono/zod-openapi';
import {
  type Connectors,
  connectorNamed,
  specFields,
  specJsonSchema,
} from '../../service/connectors.ts';
import type { Connector } from '../../stream/connector.ts';
import type { AppEnv } from '../app-env.ts';
import { defineRoute, jsonBody } from '../define-route.ts';
import { connectorSchema } from './schema.ts';

const listConnectors = defineRoute('viewer', {
  method: 'get',
  path: '/connectors',
  operationId: 'listConnectors',
  tags: ['connectors'],
  summary: 'List the connectors',
  description: 'Each with the fields that a source of it needs, and where to find them.',
  request: { query: z.object({ text: z.string().max(100).optional() }) },
  responses: {
    200: {
      description: 'All connectors.',
      content: jsonBody(z.object({ items: z.array(connectorSchema) })),
    },
  },
});

const getConnector = defineRoute('viewer', {
  method: 'get',
  path: '/connectors/{name}',
  operationId: 'getConnector',
  tags: ['connectors'],
  summary: 'Read a connector',
  request: { params: z.object({ name: z.string().max(100) }) },
  responses: { 200: { description: 'The connector.', content: jsonBody(connectorSchema) } },
});

/** The kinds of sources that there are. */
export function connectorRoutes({ connectors }: { readonly connectors: Connectors }) {
  return new OpenAPIHono<AppEnv>()
    .openapi(listConnectors, (c) => {
      const text = c.req.valid('query').text?.toLowerCase() ?? '';
      const found = [...connectors.values()].filter(({ title }) =>
        title.toLowerCase().includes(text),
      );
      return c.json({ items: found.map(presentConnector) }, 200);
    })
    .openapi(getConnector, (c) =>
      c.json(presentConnector(connectorNamed(connectors, c.req.valid('param').name)), 200),
    );
}

function presentConnector(connector: Connector<unknown>): z.output<typeof connectorSchema> {
  return {
    name: connector.name,
    title: connector.title,
    fields: specFields(connector).map(({ choices, ...field }) => {
      return { ...field, choices: [...choices] };
    }),
    json_schema: specJsonSchema(connector),
  };
}
