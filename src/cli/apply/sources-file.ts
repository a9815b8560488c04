import { z } from 'zod';
import { triggerSchema } from '../../state/trigger.ts';

/** The form of file that this program writes, and the newest that it reads. */
export const FILE_VERSION = 1;

const [manual, hourly, every12Hours, daily, weekly, cron] = triggerSchema.options;

/** A trigger as the API has it, but for `after`, which names its source: a file knows no ids. */
const fileTriggerSchema = z.discriminatedUnion('type', [
  manual,
  hourly,
  every12Hours,
  daily,
  weekly,
  cron,
  z.strictObject({ type: z.literal('after'), source: z.string().trim().min(1) }),
]);

const fileStreamSchema = z.strictObject({
  stream: z.string().min(1),
  selected: z.boolean().default(true),
  layer: z.string().optional(),
  folder: z.string().nullable().optional(),
  table: z.string().optional(),
  note: z.string().default(''),
});

const fileSourceSchema = z.strictObject({
  name: z.string().trim().min(1, 'is empty'),
  description: z.string().trim().default(''),
  connector: z.string().default('amplitude'),
  /** The connector's fields; a text may hold `${NAME}`, the value of an environment variable. */
  config: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  trigger: fileTriggerSchema.default({ type: 'manual' }),
  paused: z.boolean().default(false),
  time_limit_minutes: z
    .int()
    .min(1)
    .max(24 * 60)
    .default(180),
  /** Where the tables of streams go that say nothing else. */
  layer: z.string().default('raw'),
  folder: z.string().nullable().default(null),
  prefix: z.string().default(''),
  /** Absent: every stream of the charts, at its default place. Given: these, and no others are synced. */
  streams: z.array(fileStreamSchema).max(2_000).optional(),
});

/** All sources of a service as one file that people review; `docs/service.md` describes it. */
export const sourcesFileSchema = z.strictObject({
  version: z.literal(
    FILE_VERSION,
    `must be ${FILE_VERSION}; a newer chartlift may have written it`,
  ),
  sources: z.array(fileSourceSchema).max(10_000),
});

export type SourcesFile = z.output<typeof sourcesFileSchema>;
export type FileSource = z.output<typeof fileSourceSchema>;
/** What may be written into a file: defaults may be left out. */
export type FileSourceInput = z.input<typeof fileSourceSchema>;
