import { z } from '@hono/zod-openapi';
import { EXPORT_FORMATS } from '../../catalog/export/export-rows.ts';
import { pageQuery, timeSchema } from '../page-query.ts';
import { errorSchema } from '../validations/schema.ts';

export const tableParams = z.object({
  layer: z.string().min(1).max(128).meta({ example: 'raw' }),
  name: z.string().min(1).max(128).meta({ example: 'chart_abc123' }),
});

const ownerSchema = z
  .object({
    source_id: z.string(),
    source: z.string(),
    stream: z.string(),
    note: z.string().meta({ description: 'What it is for, in the words of its owner.' }),
  })
  .meta({ id: 'TableOwner', description: 'The stream that fills the table.' });

export const tableSchema = z
  .object({
    layer: z.string(),
    name: z.string(),
    folder: z.string().nullable(),
    title: z.string().nullable().meta({ description: 'As the chart is titled.' }),
    stream: z.string().nullable(),
    source: z.string().nullable().meta({ description: 'As the table itself says.' }),
    rows: z.int().nullable(),
    bytes: z.int().nullable(),
    version: z.int().nullable(),
    committed_at: timeSchema.nullable().meta({ description: 'When its content last changed.' }),
    owner: ownerSchema.nullable(),
    error: errorSchema.nullable().meta({ description: 'Why it cannot be read.' }),
  })
  .meta({ id: 'Table' });

export const columnSchema = z
  .object({
    name: z.string(),
    type: z.string(),
    nullable: z.boolean(),
    description: z.string().nullable(),
  })
  .meta({ id: 'Column' });

export const tableDetailSchema = tableSchema
  .extend({ columns: z.array(columnSchema), created_at: timeSchema.nullable() })
  .meta({ id: 'TableDetail' });

export const tableQuery = z.object({
  ...pageQuery,
  layer: z.string().max(128).optional(),
  folder: z.string().max(200).optional(),
  source_id: z.string().max(200).optional(),
  text: z.string().max(200).optional().meta({ description: 'Part of the name, title or note.' }),
});

export const versionSchema = z
  .object({
    version: z.int(),
    committed_at: timeSchema.nullable(),
    rows: z.int().nullable(),
    bytes: z.int(),
    operation: z.string().nullable(),
    engine: z.string().nullable(),
    run_id: z.string().nullable(),
    change: z
      .object({ added: z.int(), removed: z.int(), changed: z.int() })
      .nullable()
      .meta({ description: 'Rows against the version before.' }),
    readable: z.boolean().meta({ description: 'Whether its data is still there.' }),
  })
  .meta({ id: 'TableVersion' });

const version = z.coerce
  .number()
  .int()
  .min(0)
  .optional()
  .meta({ description: 'Default: the latest.' });

/** A value of a result as JSON; what JSON has no number for is a text. */
export const cellSchema = z.unknown();

export const previewQuery = z.object({
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
  version,
});

export const previewSchema = z
  .object({
    version: z.int(),
    columns: z.array(z.object({ name: z.string(), type: z.string() })),
    rows: z.array(z.array(cellSchema)),
  })
  .meta({ id: 'Preview' });

export const statisticsSchema = z
  .object({
    version: z.int(),
    rows: z.int(),
    columns: z.array(
      z.object({
        name: z.string(),
        nulls: z.int(),
        distinct: z.int().meta({ description: 'An estimate above some thousands.' }),
        min: cellSchema,
        max: cellSchema,
        average: cellSchema.meta({ description: 'Of numbers; null for all else.' }),
      }),
    ),
  })
  .meta({ id: 'TableStatistics' });

export const exportQuery = z.object({
  format: z.enum(EXPORT_FORMATS).default('csv'),
  version,
});

export const movedSchema = z
  .strictObject({
    layer: z.string().max(128).optional(),
    name: z.string().max(128).optional(),
    folder: z.string().max(200).nullable().optional(),
  })
  .meta({ id: 'TableMove' });

export const dropQuery = z.object({
  confirm: z.string().max(100).optional().meta({
    description: 'The text that `GET …/removal` gave. Without it nothing is dropped.',
  }),
});

export const removalSchema = z
  .object({
    table: tableSchema,
    versions: z.int().meta({ description: 'How many go with it.' }),
    confirm: z.string().meta({ description: 'Send this to drop it. Holds until it changes.' }),
  })
  .meta({ id: 'TableRemoval' });
