import type { OpenAPIHono } from '@hono/zod-openapi';
import { VERSION } from '../../version.ts';
import type { AppEnv } from '../app-env.ts';
import type { ApiDescription } from './api-description.ts';

/** What the nouns are, in the order in which the reference shows them. */
const NOUNS: Readonly<Record<string, string>> = {
  connectors: 'What can be extracted from, and which settings each needs.',
  validations: 'Checking an account and its charts before anything is saved.',
  sources: 'What is extracted, which streams of it, and when.',
  triggers: 'When a source runs.',
  runs: 'What happened, and what is happening.',
  layers: 'The parts of the lake.',
  tables: 'What the runs wrote: rows, versions, columns, exports.',
  sql: 'Queries over all tables.',
  session: 'Signing in and out.',
  setup: 'The first administrator.',
  users: 'People who may sign in.',
  tokens: 'Tokens for programs.',
  audit: 'Who changed what, and when.',
};

const INTRODUCTION = `Sources, runs and tables of a chartlift installation.

Programs send a token: \`Authorization: Bearer cl_…\`. Each operation names the role that it needs: a viewer sees, an editor changes sources, runs and tables, an admin also users and tokens. Errors are problems as RFC 9457 has them; \`code\` is for programs, \`help\` says what to do. Lists come in pages: \`next_cursor\` of one is \`cursor\` of the next. A POST with the header \`Idempotency-Key\` can be sent again within 24 hours and is carried out once. Times are ISO 8601 in UTC.`;

/** The OpenAPI 3.1 description of the routes of `app`. */
export function describeApi(app: OpenAPIHono<AppEnv>): ApiDescription {
  app.openAPIRegistry.registerComponent('securitySchemes', 'token', {
    type: 'http',
    scheme: 'bearer',
    description: 'A token of a user, or CHARTLIFT_API_TOKEN.',
  });
  app.openAPIRegistry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: 'chartlift_session',
    description: 'The session of a browser; named __Host-chartlift_session behind TLS.',
  });
  const document = app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'chartlift API',
      version: VERSION,
      description: INTRODUCTION,
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    servers: [{ url: '/' }],
  });
  const { webhooks: _none, ...described } = document;
  // What is JSON in the end is read back as the plain objects that the reference knows.
  const description: ApiDescription = JSON.parse(JSON.stringify(described));
  return { ...description, tags: tagsOf(description) };
}

function tagsOf(description: ApiDescription): { name: string; description?: string }[] {
  const used = new Set(
    Object.values(description.paths).flatMap((path) =>
      Object.values(path).flatMap(({ tags }) => [...tags]),
    ),
  );
  const known = Object.entries(NOUNS)
    .filter(([name]) => used.has(name))
    .map(([name, text]) => ({ name, description: text }));
  const others = [...used].filter((name) => !(name in NOUNS)).map((name) => ({ name }));
  return [...known, ...others];
}
