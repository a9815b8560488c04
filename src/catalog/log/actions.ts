import { z } from 'zod';

/**
 * The actions of Delta log entries, as far as a table of reader version 1 needs them
 * (Delta protocol, "Actions"). Fields that other engines add are ignored, as it demands.
 */
const texts = z.record(z.string(), z.string().nullish());
/** A property set to null is a property that is not there. */
const properties = texts.nullish().transform((record) => {
  const set: Record<string, string> = {};
  for (const [key, value] of Object.entries(record ?? {})) {
    if (typeof value === 'string') set[key] = value;
  }
  return set;
});
const optionalText = z
  .string()
  .nullish()
  .transform((text) => text ?? null);
const optionalNumber = z
  .number()
  .nullish()
  .transform((number) => number ?? null);

export const protocolSchema = z.object({
  minReaderVersion: z.number(),
  minWriterVersion: z.number(),
  readerFeatures: z.array(z.string()).nullish(),
  writerFeatures: z.array(z.string()).nullish(),
});

export const metadataSchema = z.object({
  id: z.string(),
  name: optionalText,
  description: optionalText,
  format: z.object({ provider: z.string(), options: properties }),
  schemaString: z.string(),
  partitionColumns: z.array(z.string()),
  createdTime: optionalNumber,
  configuration: properties,
});

export const addSchema = z.object({
  /** A URI: relative to the table's directory, or absolute. */
  path: z.string(),
  partitionValues: texts.nullish(),
  /** Bytes. */
  size: z.number(),
  /** Milliseconds since the epoch. */
  modificationTime: z.number(),
  dataChange: z.boolean().nullish(),
  /** JSON text of the file's statistics. */
  stats: optionalText,
  tags: texts.nullish(),
  deletionVector: z.unknown().optional(),
});

export const removeSchema = z.object({
  path: z.string(),
  /** Milliseconds since the epoch. */
  deletionTimestamp: optionalNumber,
  dataChange: z.boolean().nullish(),
  extendedFileMetadata: z.boolean().nullish(),
  partitionValues: texts.nullish(),
  size: optionalNumber,
});

export const transactionSchema = z.object({
  appId: z.string(),
  version: z.number(),
  lastUpdated: optionalNumber,
});

/** Free-form by the protocol ("Commit Provenance Information"): anything may be missing. */
export const commitInfoSchema = z.looseObject({
  timestamp: z.number().nullish().catch(null),
  operation: z.string().nullish().catch(null),
  operationMetrics: z.record(z.string(), z.unknown()).nullish().catch(null),
  engineInfo: z.string().nullish().catch(null),
  runId: z.string().nullish().catch(null),
  contentDigest: z.string().nullish().catch(null),
});

/** One line of a log entry or one row of a checkpoint: at most one of these is there. */
export const actionSchema = z.object({
  protocol: protocolSchema.nullish(),
  metaData: metadataSchema.nullish(),
  add: addSchema.nullish(),
  remove: removeSchema.nullish(),
  txn: transactionSchema.nullish(),
  commitInfo: commitInfoSchema.nullish(),
});

export type Protocol = z.output<typeof protocolSchema>;
export type TableMetadata = z.output<typeof metadataSchema>;
export type AddFile = z.output<typeof addSchema>;
export type RemoveFile = z.output<typeof removeSchema>;
export type Transaction = z.output<typeof transactionSchema>;
export type CommitInfo = z.output<typeof commitInfoSchema>;
export type Action = z.output<typeof actionSchema>;

/**
 * Reads a log entry: one JSON object per line (Delta protocol, "Delta Log Entries").
 * @throws SyntaxError or ZodError when a line is not an action.
 */
export function parseActions(entry: string): Action[] {
  return entry
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => actionSchema.parse(JSON.parse(line)));
}

/** Writes a log entry, one action a line. */
export function formatActions(actions: readonly Partial<Action>[]): string {
  return actions.map((action) => `${JSON.stringify(action)}\n`).join('');
}
