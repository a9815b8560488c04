import { z } from '@hono/zod-openapi';
import { triggerSchema } from '../../state/trigger.ts';
import { pageQuery, timeSchema } from '../page-query.ts';
import { runSchema, runStatusSchema } from '../runs/schema.ts';
import { warningSchema } from '../validations/schema.ts';

const minutes = z
  .int()
  .min(1)
  .max(24 * 60);

export const streamSchema = z
  .object({
    name: z.string().meta({ example: 'chart_abc123' }),
    title: z.string().nullable(),
    selected: z.boolean().meta({ description: 'Whether runs write it.' }),
    layer: z.string(),
    folder: z.string().nullable(),
    table: z.string(),
    sync_mode: z.literal('FULL_TABLE'),
    note: z.string().meta({ description: 'What it is for, in the words of its owner.' }),
  })
  .meta({ id: 'Stream' });

export const sourceSchema = z
  .object({
    id: z.string(),
    connector: z.string(),
    name: z.string(),
    description: z.string(),
    config: z.record(z.string(), z.unknown()).meta({ description: 'Without the secrets.' }),
    trigger: triggerSchema,
    trigger_description: z.string().meta({ example: 'Every day at 06:30, Europe/Berlin' }),
    paused: z.boolean(),
    next_run_at: timeSchema.nullable(),
    time_limit_minutes: z.int(),
    revision: z.int().meta({ description: 'Counts changes; send it back as `If-Match`.' }),
    created_at: timeSchema,
    created_by: z.string(),
    updated_at: timeSchema,
  })
  .meta({ id: 'Source' });

export const sourceListingSchema = sourceSchema
  .extend({
    streams: z.int().meta({ description: 'How many are selected.' }),
    last_run: runSchema.nullable(),
    recent_runs: z
      .array(
        z.object({
          id: z.string(),
          status: runStatusSchema,
          started_at: timeSchema.nullable(),
          ended_at: timeSchema.nullable(),
        }),
      )
      .meta({ description: 'The last ten, newest first.' }),
  })
  .meta({ id: 'SourceListing' });

export const sourceDetailSchema = sourceSchema
  .extend({
    streams: z.array(streamSchema),
    last_run: runSchema.nullable(),
    next_runs: z.array(timeSchema).meta({ description: 'The next five.' }),
    warnings: z.array(warningSchema),
  })
  .meta({ id: 'SourceDetail' });

const choiceSchema = z
  .strictObject({
    stream: z.string().max(200),
    layer: z.string().max(200).optional(),
    folder: z.string().max(200).nullable().optional(),
    table: z.string().max(200).optional().meta({ description: 'Default: as suggested.' }),
    sync_mode: z.string().max(50).optional().meta({ example: 'FULL_TABLE' }),
    note: z.string().max(5_000).optional(),
  })
  .meta({ id: 'StreamChoice' });

const placeFields = {
  layer: z.string().max(200).default('raw').meta({ description: 'For streams that name none.' }),
  folder: z.string().max(200).nullable().default(null),
  prefix: z.string().max(128).default('').meta({
    description: 'Put before every table name that is not given.',
  }),
  streams: z.array(choiceSchema).max(1_001).meta({
    description: 'The streams to sync. The others can be selected later.',
  }),
};

export const newSourceSchema = z
  .strictObject({
    validation_id: z.string().max(200),
    name: z.string().max(1_000),
    description: z
      .string()
      .max(10_000)
      .default('')
      .meta({ description: '140 characters at most.' }),
    ...placeFields,
    trigger: triggerSchema.default({ type: 'manual' }),
    time_limit_minutes: minutes.default(180),
    paused: z.boolean().default(false),
  })
  .meta({ id: 'NewSource' });

export const sourceChangesSchema = z
  .strictObject({
    name: z.string().max(1_000).optional(),
    description: z.string().max(10_000).optional(),
    trigger: triggerSchema.optional(),
    time_limit_minutes: minutes.optional(),
    paused: z.boolean().optional(),
  })
  .meta({ id: 'SourceChanges' });

export const addedStreamsSchema = z
  .strictObject({ validation_id: z.string().max(200), ...placeFields })
  .meta({ id: 'AddedStreams' });

export const streamChangesSchema = z
  .strictObject({
    selected: z.boolean().optional(),
    layer: z.string().max(200).optional(),
    folder: z.string().max(200).nullable().optional(),
    table: z.string().max(200).optional().meta({
      description: 'A table that is there goes along, with all its versions.',
    }),
    note: z.string().max(5_000).optional(),
  })
  .meta({ id: 'StreamChanges' });

export const duplicateSchema = z
  .strictObject({
    name: z.string().max(1_000).optional(),
    prefix: z.string().max(128).default('copy_').meta({
      description: 'Put before the table names, which must be new.',
    }),
  })
  .meta({ id: 'DuplicateRequest' });

export const credentialsSchema = z
  .strictObject({ validation_id: z.string().max(200) })
  .meta({ id: 'CredentialsRequest' });

export const removalQuery = z.object({
  tables: z.enum(['keep', 'drop']).default('keep'),
  dry_run: z.enum(['true', 'false']).default('false').meta({
    description: 'Only says what would go.',
  }),
});

export const removalSchema = z
  .object({
    dry_run: z.boolean(),
    dropped: z.boolean().meta({ description: 'Whether the tables go, too.' }),
    tables: z.array(
      z.object({ table: z.string(), rows: z.int().nullable(), bytes: z.int().nullable() }),
    ),
    followers: z.array(z.string()).meta({ description: 'Sources that run after this one.' }),
  })
  .meta({ id: 'SourceRemoval' });

export const sourceQuery = z.object({
  ...pageQuery,
  text: z.string().max(200).optional().meta({ description: 'Part of the name or description.' }),
  connector: z.string().max(100).optional(),
  status: runStatusSchema.optional().meta({ description: 'Of the last run.' }),
  paused: z.enum(['true', 'false']).optional(),
});

export const streamParams = z.object({
  id: z.string().min(1).max(200),
  name: z.string().min(1).max(200),
});
