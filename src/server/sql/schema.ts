import { z } from '@hono/zod-openapi';
import { EXPORT_FORMATS } from '../../catalog/export/export-rows.ts';
import { cellSchema } from '../tables/schema.ts';

const queryFields = {
  query: z.string().min(1).max(100_000).meta({
    description:
      'One SELECT. Tables are `layer.table`, and `chartlift.runs`, `chartlift.stream_results`, `chartlift.tables`.',
    example: 'SELECT title, metric FROM raw.charts_metadata',
  }),
  time_limit_seconds: z.int().min(1).max(600).default(60),
};

export const sqlSchema = z
  .strictObject({
    ...queryFields,
    versions: z
      .record(z.string().max(260), z.int().min(0))
      .default({})
      .meta({
        description: 'Older versions to read, by table.',
        example: { 'raw.chart_abc123': 3 },
      }),
    limit: z.int().min(1).max(100_000).default(1_000).meta({ description: 'Rows at most.' }),
  })
  .meta({ id: 'SqlQuery' });

export const sqlExportSchema = z
  .strictObject({
    ...queryFields,
    format: z.enum(EXPORT_FORMATS).default('csv'),
  })
  .meta({ id: 'SqlExport' });

export const sqlAnswerSchema = z
  .object({
    columns: z.array(z.object({ name: z.string(), type: z.string() })),
    rows: z.array(z.array(cellSchema)),
    truncated: z.boolean().meta({ description: 'Whether there were more rows than the limit.' }),
    duration_ms: z.int(),
  })
  .meta({ id: 'SqlAnswer' });
