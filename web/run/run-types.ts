import type { z } from '@hono/zod-openapi';
import type {
  runDetailSchema,
  runEventSchema,
  runSchema,
  streamResultSchema,
} from '../../src/server/runs/schema.ts';

/** A run as lists show it. */
export type Run = z.output<typeof runSchema>;
/** A run with what came of its streams. */
export type RunDetail = z.output<typeof runDetailSchema>;
/** What came of one stream. */
export type StreamResult = z.output<typeof streamResultSchema>;
/** One line of a run's log. */
export type RunEvent = z.output<typeof runEventSchema>;
export type RunStatus = Run['status'];

/** Every kind of line that a run's log has; a browser hears only the events that it names. */
export const RUN_EVENTS = [
  'started',
  'stream_requesting',
  'stream_waiting',
  'stream_fetching',
  'stream_fetched',
  'stream_rows',
  'stream_ended',
  'run_ended',
] as const;

/** Whether a run has not come to its end. */
export function isActive(status: RunStatus): boolean {
  return status === 'queued' || status === 'running' || status === 'canceling';
}
