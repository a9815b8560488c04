import type { Insertable, Selectable, Updateable } from 'kysely';
import { foldText } from './fold-text.ts';
import type { SourceRecord, StreamRecord } from './source-record.ts';
import type { SourcesTable, StreamsTable } from './tables.ts';
import type { Trigger } from './trigger.ts';

/** A source that is to be created. */
export type NewSource = Omit<SourceRecord, 'revision' | 'createdAt' | 'updatedAt'>;

/** What can be changed of a source; what is undefined stays. */
export type SourcePatch = Changes<Omit<NewSource, 'id' | 'connector' | 'createdBy'>>;

/** A stream that is to be created. */
export type NewStream = Omit<StreamRecord, 'sourceId'>;

/** What can be changed of a stream; what is undefined stays. */
export type StreamPatch = Changes<Omit<StreamRecord, 'sourceId' | 'name'>>;

type Changes<Of> = { readonly [Key in keyof Of]?: Of[Key] | undefined };

export function sourceOf(row: Selectable<SourcesTable>): SourceRecord {
  return {
    id: row.id,
    connector: row.connector,
    name: row.name,
    description: row.description,
    config: JSON.parse(row.config),
    sealedSecrets: row.sealed_secrets,
    limitGroup: row.limit_group,
    trigger: JSON.parse(row.trigger),
    paused: row.paused === 1,
    nextRunAt: row.next_run_at,
    timeLimitMs: row.time_limit_ms,
    revision: row.revision,
    createdAt: row.created_at,
    createdBy: row.created_by,
    updatedAt: row.updated_at,
  };
}

/** @param now ISO 8601 */
export function sourceRow(source: NewSource, now: string): Insertable<SourcesTable> {
  return {
    id: source.id,
    connector: source.connector,
    ...nameColumns(source),
    description: source.description,
    config: JSON.stringify(source.config),
    sealed_secrets: source.sealedSecrets,
    limit_group: source.limitGroup,
    ...triggerColumns(source.trigger),
    paused: source.paused ? 1 : 0,
    next_run_at: source.nextRunAt,
    time_limit_ms: source.timeLimitMs,
    revision: 1,
    created_at: now,
    created_by: source.createdBy,
    updated_at: now,
  };
}

/** @param before the source as it is: what is searched is made of several of its fields */
export function sourceChanges(
  patch: SourcePatch,
  before: Pick<SourceRecord, 'name' | 'description'>,
): Updateable<SourcesTable> {
  const { name = before.name, description = before.description } = patch;
  return {
    ...nameColumns({ name, description }),
    description,
    ...(patch.config && { config: JSON.stringify(patch.config) }),
    ...(patch.sealedSecrets !== undefined && { sealed_secrets: patch.sealedSecrets }),
    ...(patch.limitGroup !== undefined && { limit_group: patch.limitGroup }),
    ...(patch.trigger && triggerColumns(patch.trigger)),
    ...(patch.paused !== undefined && { paused: patch.paused ? 1 : 0 }),
    ...(patch.nextRunAt !== undefined && { next_run_at: patch.nextRunAt }),
    ...(patch.timeLimitMs !== undefined && { time_limit_ms: patch.timeLimitMs }),
  };
}

function nameColumns({ name, description }: Pick<SourceRecord, 'name' | 'description'>) {
  return {
    name,
    name_key: foldText(name),
    search_text: foldText(`${name}\n${description}`),
  };
}

function triggerColumns(trigger: Trigger) {
  return {
    trigger: JSON.stringify(trigger),
    after_source_id: trigger.type === 'after' ? trigger.source_id : null,
  };
}

export function streamOf(row: Selectable<StreamsTable>): StreamRecord {
  return {
    sourceId: row.source_id,
    name: row.name,
    title: row.title,
    selected: row.selected === 1,
    layer: row.layer,
    folder: row.folder,
    table: row.table_name,
    syncMode: row.sync_mode,
    cacheMs: row.cache_ms,
    note: row.note,
  };
}

/** @param position its place among the streams of the source */
export function streamRow(
  sourceId: string,
  stream: NewStream,
  position: number,
): Insertable<StreamsTable> {
  return {
    source_id: sourceId,
    name: stream.name,
    position,
    title: stream.title,
    selected: stream.selected ? 1 : 0,
    layer: stream.layer,
    folder: stream.folder,
    table_name: stream.table,
    sync_mode: stream.syncMode,
    cache_ms: stream.cacheMs,
    note: stream.note,
  };
}

export function streamChanges(patch: StreamPatch): Updateable<StreamsTable> {
  return {
    ...(patch.title !== undefined && { title: patch.title }),
    ...(patch.selected !== undefined && { selected: patch.selected ? 1 : 0 }),
    ...(patch.layer !== undefined && { layer: patch.layer }),
    ...(patch.folder !== undefined && { folder: patch.folder }),
    ...(patch.table !== undefined && { table_name: patch.table }),
    ...(patch.syncMode !== undefined && { sync_mode: patch.syncMode }),
    ...(patch.cacheMs !== undefined && { cache_ms: patch.cacheMs }),
    ...(patch.note !== undefined && { note: patch.note }),
  };
}
