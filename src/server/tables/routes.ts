import { OpenAPIHono, z } from '@hono/zod-openapi';
import { isLayerName, isTableName, type TableId } from '../../catalog/table-id.ts';
import { ChartliftError } from '../../errors.ts';
import type { Service } from '../../service/service.ts';
import type { AppEnv } from '../app-env.ts';
import { audited } from '../audited.ts';
import { defineRoute, jsonBody } from '../define-route.ts';
import { answerExport, exportAnswer } from '../export-answer.ts';
import { pageOf, presentPage } from '../page-query.ts';
import { presentTable, presentVersion } from './presenter.ts';
import {
  dropQuery,
  exportQuery,
  movedSchema,
  previewQuery,
  previewSchema,
  removalSchema,
  statisticsSchema,
  tableDetailSchema,
  tableParams,
  tableQuery,
  tableSchema,
  versionSchema,
} from './schema.ts';

/** A Parquet file is whole before its first byte is sent. */
const EXPORT_BEGINS_MS = 11 * 60_000;

const listTables = defineRoute('viewer', {
  method: 'get',
  path: '/tables',
  operationId: 'listTables',
  tags: ['tables'],
  summary: 'List the tables',
  description: 'Layer by layer, by name. A source appears here after its first successful run.',
  request: { query: tableQuery },
  responses: { 200: { description: 'A page of tables.', content: jsonBody(pageOf(tableSchema)) } },
});

const getTable = defineRoute('viewer', {
  method: 'get',
  path: '/tables/{layer}/{name}',
  operationId: 'getTable',
  tags: ['tables'],
  summary: 'Read what a table is',
  request: { params: tableParams },
  responses: { 200: { description: 'The table.', content: jsonBody(tableDetailSchema) } },
});

const listVersions = defineRoute('viewer', {
  method: 'get',
  path: '/tables/{layer}/{name}/versions',
  operationId: 'listVersions',
  tags: ['tables'],
  summary: 'List the versions of a table',
  description: 'Newest first, each with what changed in number.',
  request: { params: tableParams },
  responses: {
    200: {
      description: 'All versions.',
      content: jsonBody(z.object({ items: z.array(versionSchema) })),
    },
  },
});

const previewTable = defineRoute('viewer', {
  method: 'get',
  path: '/tables/{layer}/{name}/preview',
  operationId: 'previewTable',
  tags: ['tables'],
  summary: 'Read the first rows of a table',
  request: { params: tableParams, query: previewQuery },
  responses: { 200: { description: 'The first rows.', content: jsonBody(previewSchema) } },
});

const readStatistics = defineRoute('viewer', {
  method: 'get',
  path: '/tables/{layer}/{name}/statistics',
  operationId: 'readStatistics',
  tags: ['tables'],
  summary: 'Read the statistics of each column',
  request: { params: tableParams },
  responses: { 200: { description: 'By column.', content: jsonBody(statisticsSchema) } },
});

const exportTable = defineRoute(
  'viewer',
  {
    method: 'get',
    path: '/tables/{layer}/{name}/export',
    operationId: 'exportTable',
    tags: ['tables'],
    summary: 'Export a table',
    description: 'All rows in their order, as CSV, JSON lines, Parquet or an Arrow stream.',
    request: { params: tableParams, query: exportQuery },
    responses: { 200: exportAnswer },
  },
  { timeLimitMs: EXPORT_BEGINS_MS },
);

const moveTable = defineRoute('editor', {
  method: 'patch',
  path: '/tables/{layer}/{name}',
  operationId: 'moveTable',
  tags: ['tables'],
  summary: 'Rename or move a table',
  description: 'To another name, layer or folder, with all its versions; its stream goes along.',
  request: { params: tableParams, body: { required: true, content: jsonBody(movedSchema) } },
  responses: { 200: { description: 'The table.', content: jsonBody(tableSchema) } },
});

const readRemoval = defineRoute('editor', {
  method: 'get',
  path: '/tables/{layer}/{name}/removal',
  operationId: 'readRemoval',
  tags: ['tables'],
  summary: 'See what goes with a table',
  description: 'And get the confirmation that dropping it needs.',
  request: { params: tableParams },
  responses: { 200: { description: 'What would go.', content: jsonBody(removalSchema) } },
});

const dropTable = defineRoute('editor', {
  method: 'delete',
  path: '/tables/{layer}/{name}',
  operationId: 'dropTable',
  tags: ['tables'],
  summary: 'Drop a table',
  description:
    'With all its versions; it cannot be brought back. A stream that fills it makes a new one in its next run.',
  request: { params: tableParams, query: dropQuery },
  responses: { 204: { description: 'It is gone.' } },
});

/** The tables of the catalog. */
export function tableRoutes({ tables, queries }: Pick<Service, 'tables' | 'queries'>) {
  return new OpenAPIHono<AppEnv>()
    .openapi(listTables, async (c) => {
      const page = await tables.page(toFilter(c.req.valid('query')));
      return c.json(presentPage(page, presentTable), 200);
    })
    .openapi(getTable, async (c) => {
      const { table, owner } = await tables.get(toTableId(c.req.valid('param')));
      const columns = table.columns.map((column) => ({ ...column }));
      const createdAt = table.createdAt === null ? null : new Date(table.createdAt).toISOString();
      return c.json({ ...presentTable({ table, owner }), columns, created_at: createdAt }, 200);
    })
    .openapi(listVersions, async (c) => {
      const reader = await tables.reader();
      const versions = await reader.history(toTableId(c.req.valid('param')));
      return c.json({ items: versions.map(presentVersion) }, 200);
    })
    .openapi(previewTable, async (c) => {
      const reader = await tables.reader();
      const { limit, version } = c.req.valid('query');
      const preview = await reader.preview(toTableId(c.req.valid('param')), {
        limit,
        ...(version === undefined ? {} : { version }),
      });
      const columns = preview.columns.map((column) => ({ ...column }));
      const rows = preview.rows.map((row) => [...row]);
      return c.json({ version: preview.version, columns, rows }, 200);
    })
    .openapi(readStatistics, async (c) => {
      const reader = await tables.reader();
      const statistics = await reader.statistics(toTableId(c.req.valid('param')), {
        signal: c.req.raw.signal,
      });
      const columns = statistics.columns.map((column) => ({ ...column }));
      return c.json({ ...statistics, columns }, 200);
    })
    .openapi(exportTable, async (c) => {
      const table = toTableId(c.req.valid('param'));
      const { format, version } = c.req.valid('query');
      const source = { table, ...(version === undefined ? {} : { version }) };
      const rows = await queries.export(source, format, { signal: c.req.raw.signal });
      return answerExport(c, table.table, rows);
    })
    .openapi(moveTable, async (c) => {
      const id = toTableId(c.req.valid('param'));
      const { name, ...place } = c.req.valid('json');
      const moved = await tables.move(id, { ...place, table: name });
      const target = `${moved.layer}.${moved.table}`;
      const before = `${id.layer}.${id.table}`;
      await audited(c, 'table.moved', { type: 'table', id: target, name: target }, { before });
      return c.json(presentTable(await tables.get(moved)), 200);
    })
    .openapi(readRemoval, async (c) => {
      const id = toTableId(c.req.valid('param'));
      const confirm = await tables.dropConfirmation(id);
      const reader = await tables.reader();
      const versions = (await reader.history(id)).length;
      return c.json({ table: presentTable(await tables.get(id)), versions, confirm }, 200);
    })
    .openapi(dropTable, async (c) => {
      const id = toTableId(c.req.valid('param'));
      await tables.drop(id, c.req.valid('query').confirm ?? '');
      const name = `${id.layer}.${id.table}`;
      await audited(c, 'table.dropped', { type: 'table', id: name, name });
      return c.body(null, 204);
    });
}

/** A name that no table can have is no path to look at. */
export function toTableId(params: z.output<typeof tableParams>): TableId {
  const { layer, name } = params;
  if (isLayerName(layer) && isTableName(name)) return { layer, table: name };
  throw new ChartliftError(
    'table_not_found',
    `There is no table ${layer}.${name}.`,
    'List the tables at /api/v1/tables.',
  );
}

function toFilter({ source_id: sourceId, ...query }: z.output<typeof tableQuery>) {
  return { ...query, sourceId };
}
