import { z } from '@hono/zod-openapi';
import { RUN_STATUSES } from '../../state/run-record.ts';
import { LARGEST_SEQ } from '../event-stream.ts';
import { pageQuery, timeSchema } from '../page-query.ts';
import { errorSchema, warningSchema } from '../validations/schema.ts';

export const runStatusSchema = z.enum(RUN_STATUSES);

export const runCauseSchema = z.enum(['manual', 'schedule', 'after', 'retry']);

export const runSchema = z
  .object({
    id: z.string(),
    source_id: z.string(),
    status: runStatusSchema,
    cause: runCauseSchema,
    started_by: z.object({
      type: z.enum(['user', 'token', 'system']),
      id: z.string(),
      name: z.string(),
    }),
    retry_of: z.string().nullable().meta({ description: 'The run whose failures it runs again.' }),
    streams: z.array(z.string()).nullable().meta({ description: 'Null: all that are selected.' }),
    scheduled_for: timeSchema.nullable(),
    queued_at: timeSchema,
    started_at: timeSchema.nullable(),
    ended_at: timeSchema.nullable(),
    attempt: z.int().meta({
      description:
        'How often it was taken up; 2 or more after chartlift was stopped or died in it.',
    }),
    error: errorSchema.nullable().meta({ description: 'What ended the run as a whole.' }),
  })
  .meta({ id: 'Run' });

export const streamResultSchema = z
  .object({
    stream: z.string(),
    table: z.string().meta({ example: 'raw.chart_abc123' }),
    title: z.string().nullable(),
    status: z.enum(['success', 'unchanged', 'empty', 'failed']),
    rows: z.int().nullable(),
    version: z.int().nullable(),
    bytes: z.int().nullable(),
    change: z
      .object({ added: z.int(), removed: z.int(), changed: z.int() })
      .nullable()
      .meta({ description: 'Rows against the version before.' }),
    duration_ms: z.int(),
    attempts: z.int().meta({ description: 'Requests made for it.' }),
    warnings: z.array(warningSchema),
    error: errorSchema.nullable(),
    ended_at: timeSchema,
  })
  .meta({ id: 'StreamResult' });

export const runDetailSchema = runSchema
  .extend({ results: z.array(streamResultSchema) })
  .meta({ id: 'RunDetail' });

export const runEventSchema = z
  .object({
    seq: z.int(),
    at: timeSchema,
    level: z.enum(['debug', 'info', 'warn', 'error']),
    type: z.string().meta({ example: 'stream_ended' }),
    stream: z.string().nullable(),
    message: z.string(),
    data: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'RunEvent', description: 'One line of the log of a run.' });

/** A query parameter that may be given several times. */
function several<Item extends z.ZodType>(item: Item) {
  return z.union([z.array(item), item.transform((one) => [one])]).optional();
}

export const runQuery = z.object({
  ...pageQuery,
  source_id: z.string().max(200).optional(),
  status: several(runStatusSchema).meta({ description: 'May be given several times.' }),
  cause: runCauseSchema.optional(),
  text: z.string().max(200).optional().meta({ description: 'Part of the name of the source.' }),
  since: timeSchema.optional().meta({ description: 'Queued at this time or later.' }),
});

export const runLogQuery = z.object({
  limit: pageQuery.limit,
  after: z.coerce
    .number()
    .int()
    .min(0)
    .max(LARGEST_SEQ)
    .default(0)
    .meta({ description: '`seq` of the last line seen.' }),
  level: z.enum(['debug', 'info', 'warn', 'error']).optional().meta({ description: 'At least.' }),
  text: z.string().max(200).optional(),
});
