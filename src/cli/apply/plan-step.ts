import type { ApiSourceDetail, StreamChanges } from '../service/api-types.ts';
import type { DesiredSource } from './desired-source.ts';

/** A source as the service has it. */
export type CurrentSource = Pick<
  ApiSourceDetail,
  | 'id'
  | 'name'
  | 'description'
  | 'connector'
  | 'config'
  | 'trigger'
  | 'paused'
  | 'time_limit_minutes'
  | 'revision'
  | 'streams'
>;

/** A field that is another one than the file wants. */
export interface FieldChange {
  readonly field: 'description' | 'trigger' | 'paused' | 'time_limit_minutes';
  readonly from: unknown;
  readonly to: unknown;
}

/** A setting of the connector, such as the region, that is another one. */
export interface SettingChange {
  readonly setting: string;
  readonly from: unknown;
  readonly to: string;
}

/** A stream that is there and is to change. */
export interface StreamChange {
  readonly stream: string;
  readonly from: StreamChanges;
  readonly to: StreamChanges;
}

/** What has to be done about one source. */
export type Step =
  | { readonly action: 'create'; readonly name: string; readonly source: DesiredSource }
  | UpdateStep
  | { readonly action: 'delete'; readonly name: string; readonly id: string }
  | { readonly action: 'unchanged'; readonly name: string }
  /** The service has it, the file does not, and nobody asked to prune. */
  | { readonly action: 'left'; readonly name: string };

export interface UpdateStep {
  readonly action: 'update';
  readonly name: string;
  readonly id: string;
  readonly revision: number;
  readonly source: DesiredSource;
  readonly fields: readonly FieldChange[];
  readonly settings: readonly SettingChange[];
  /** Whether the keys of the file replace those of the service, which nobody can compare. */
  readonly credentials: boolean;
  readonly addCharts: readonly string[];
  readonly changeStreams: readonly StreamChange[];
  /** Streams of charts that the file does not name; their tables stay. */
  readonly removeStreams: readonly string[];
}
