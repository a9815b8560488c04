import type { z } from 'zod';
import type { connectorSchema } from '../../server/connectors/schema.ts';
import type { runDetailSchema, runEventSchema, runSchema } from '../../server/runs/schema.ts';
import type {
  addedStreamsSchema,
  newSourceSchema,
  removalSchema,
  sourceChangesSchema,
  sourceDetailSchema,
  sourceListingSchema,
  sourceSchema,
  streamChangesSchema,
  streamSchema,
} from '../../server/sources/schema.ts';
import type { checkSchema, validationSchema } from '../../server/validations/schema.ts';

/*
 * What the HTTP API takes and gives, from its own schemas. They are types only: nothing of the server
 * is loaded by a command that asks it.
 */

export type ApiConnector = z.output<typeof connectorSchema>;
export type ApiValidation = z.output<typeof validationSchema>;
export type ApiCheck = z.output<typeof checkSchema>;
export type ApiSource = z.output<typeof sourceSchema>;
export type ApiSourceListing = z.output<typeof sourceListingSchema>;
export type ApiSourceDetail = z.output<typeof sourceDetailSchema>;
export type ApiStream = z.output<typeof streamSchema>;
export type ApiRemoval = z.output<typeof removalSchema>;
export type ApiRun = z.output<typeof runSchema>;
export type ApiRunDetail = z.output<typeof runDetailSchema>;
export type ApiRunEvent = z.output<typeof runEventSchema>;

export type NewSource = z.input<typeof newSourceSchema>;
export type SourceChanges = z.input<typeof sourceChangesSchema>;
export type AddedStreams = z.input<typeof addedStreamsSchema>;
export type StreamChanges = z.input<typeof streamChangesSchema>;

/** What a trigger would mean, as the API tells it. */
export interface ApiTriggerPreview {
  readonly description: string;
  readonly next_runs: readonly string[];
  readonly warnings: readonly { readonly code: string; readonly message: string }[];
}

/** One page of a list. */
export interface ApiPage<Item> {
  readonly items: readonly Item[];
  readonly next_cursor: string | null;
}
