import { z } from '@hono/zod-openapi';
import { timeSchema } from '../page-query.ts';

export const warningSchema = z.object({ code: z.string(), message: z.string() }).meta({
  id: 'Warning',
  description: 'Something that a person should know; the records are right.',
});

export const errorSchema = z
  .object({ code: z.string(), message: z.string(), help: z.string() })
  .meta({ id: 'StoredError', description: 'What went wrong, and what to do.' });

const shapeSchema = z.object({
  layout: z.enum(['time_series', 'categories', 'empty']),
  interval: z.enum(['hour', 'day', 'week', 'month', 'quarter', 'year']).nullable(),
  rows: z.int().meta({ description: 'Different dimension values.' }),
  segments: z.int().meta({ description: 'Value columns of the chart.' }),
  cache_ms: z.int().nullable().meta({
    description: 'For how long the source may give the same answer again, in ms.',
  }),
});

export const checkSchema = z
  .object({
    seq: z.int(),
    stream: z.string().nullable().meta({ description: 'Null: the credentials.' }),
    ok: z.boolean(),
    title: z.string().nullable(),
    description: z.string().nullable(),
    dimension: z.string().nullable(),
    records: z.int().nullable(),
    shape: shapeSchema.nullable(),
    first_rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))),
    metadata: z.record(z.string(), z.string().nullable()).nullable(),
    warnings: z.array(warningSchema),
    error: errorSchema.nullable(),
  })
  .meta({ id: 'Check', description: 'What was found out about the credentials or one stream.' });

const columnSchema = z.object({
  name: z.string(),
  type: z.string(),
  nullable: z.boolean(),
  description: z.string(),
});

const discoveredSchema = z
  .object({
    stream: z.string().meta({ example: 'chart_abc123' }),
    description: z.string(),
    columns: z.array(columnSchema),
    sync_modes: z.array(z.string()),
    suggested_table: z.string(),
    configured: z.boolean().meta({ description: 'Whether the source has it already.' }),
  })
  .meta({ id: 'DiscoveredStream' });

export const validationSchema = z
  .object({
    id: z.string(),
    status: z.enum(['running', 'ready', 'failed']).meta({
      description: '`ready`: at least one stream can be read; its checks say which.',
    }),
    purpose: z.enum(['new', 'add_streams', 'credentials']),
    connector: z.string(),
    source_id: z.string().nullable(),
    config: z.record(z.string(), z.unknown()).meta({ description: 'Without the secrets.' }),
    created_at: timeSchema,
    checks: z.array(checkSchema),
    streams: z.array(discoveredSchema).meta({ description: 'Once it is ready.' }),
  })
  .meta({ id: 'Validation' });

const configSchema = z
  .record(
    z.string().max(100),
    z.union([z.string().max(100_000), z.array(z.string().max(2_000)).max(1_000)]),
  )
  .meta({
    description:
      'The fields of the connector. `chart_ids` takes ids and addresses in any pasted form.',
    example: { api_key: '…', secret_key: '…', region: 'us', chart_ids: ['abc123'] },
  });

export const newValidationSchema = z
  .strictObject({ connector: z.string().max(100), config: configSchema })
  .meta({ id: 'NewValidation' });

export const sourceValidationSchema = z.strictObject({ config: configSchema }).meta({
  id: 'NewSourceValidation',
  description:
    'What is to change: lists (`chart_ids`) are added to; keys are checked against every chart.',
});
