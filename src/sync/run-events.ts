import type { ReadProgress } from '../stream/connector.ts';
import type { StreamResult } from './run-result.ts';
import type { StreamState } from './stream-state.ts';

/** What happens in a run, as it happens. */
export type RunEvent =
  | { readonly type: 'started'; readonly runId: string; readonly streams: readonly string[] }
  /** What the source is doing for a stream. */
  | { readonly type: 'reading'; readonly progress: ReadProgress }
  | { readonly type: 'state'; readonly stream: string; readonly state: StreamState }
  /** `rows`: records of the stream so far. */
  | { readonly type: 'rows'; readonly stream: string; readonly rows: number }
  | { readonly type: 'ended'; readonly result: StreamResult };
