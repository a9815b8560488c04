import { OpenAPIHono } from '@hono/zod-openapi';
import type { Queries } from '../../service/queries.ts';
import type { AppEnv } from '../app-env.ts';
import { defineRoute, jsonBody } from '../define-route.ts';
import { answerExport, exportAnswer } from '../export-answer.ts';
import { sqlAnswerSchema, sqlExportSchema, sqlSchema } from './schema.ts';

/** The engine's own limit comes first; this is for what stands around it. */
const TIME_LIMIT_MS = 11 * 60_000;

const runQuery = defineRoute(
  'viewer',
  {
    method: 'post',
    path: '/sql',
    operationId: 'runQuery',
    tags: ['sql'],
    summary: 'Run a query',
    description:
      'Read-only SQL over every table. It stops when you go away. An error names its `place` in the query.',
    request: { body: { required: true, content: jsonBody(sqlSchema) } },
    responses: { 200: { description: 'The rows.', content: jsonBody(sqlAnswerSchema) } },
  },
  { changes: false, timeLimitMs: TIME_LIMIT_MS },
);

const exportQuery = defineRoute(
  'viewer',
  {
    method: 'post',
    path: '/sql/export',
    operationId: 'exportQuery',
    tags: ['sql'],
    summary: 'Export the result of a query',
    description: 'As CSV, JSON lines, Parquet or an Arrow stream, without a limit of rows.',
    request: { body: { required: true, content: jsonBody(sqlExportSchema) } },
    responses: { 200: exportAnswer },
  },
  { changes: false, timeLimitMs: TIME_LIMIT_MS },
);

/** SQL over the catalog. */
export function sqlRoutes({ queries }: { readonly queries: Queries }) {
  return new OpenAPIHono<AppEnv>()
    .openapi(runQuery, async (c) => {
      const { query, versions, limit, time_limit_seconds: seconds } = c.req.valid('json');
      const answer = await queries.answer({
        text: query,
        maxRows: limit,
        timeMs: seconds * 1_000,
        versions: new Map(Object.entries(versions)),
        signal: c.req.raw.signal,
      });
      const { columns, rows, truncated, durationMs } = answer;
      return c.json(
        {
          columns: columns.map((column) => ({ ...column })),
          rows: rows.map((row) => [...row]),
          truncated,
          duration_ms: durationMs,
        },
        200,
      );
    })
    .openapi(exportQuery, async (c) => {
      const { query, format, time_limit_seconds: seconds } = c.req.valid('json');
      const options = { timeMs: seconds * 1_000, signal: c.req.raw.signal };
      return answerExport(c, 'query', await queries.export({ sql: query }, format, options));
    });
}
