import type { z } from '@hono/zod-openapi';
import { formatTableId } from '../../catalog/table-id.ts';
import { describeTrigger } from '../../jobs/schedule/describe-trigger.ts';
import type { SourceRemoval } from '../../service/remove-source.ts';
import type {
  ShownSource,
  SourceListing,
  SourceRecord,
  StreamRecord,
} from '../../state/source-record.ts';
import { presentRun } from '../runs/presenter.ts';
import type { removalSchema, sourceListingSchema, sourceSchema, streamSchema } from './schema.ts';

/** A source as the API shows it: nothing of its secrets. */
export function presentSource(source: ShownSource): z.output<typeof sourceSchema> {
  return {
    id: source.id,
    connector: source.connector,
    name: source.name,
    description: source.description,
    config: { ...source.config },
    trigger: source.trigger,
    trigger_description: describeTrigger(source.trigger),
    paused: source.paused,
    next_run_at: source.paused ? null : source.nextRunAt,
    time_limit_minutes: Math.round(source.timeLimitMs / 60_000),
    revision: source.revision,
    created_at: source.createdAt,
    created_by: source.createdBy,
    updated_at: source.updatedAt,
  };
}

/** What people may change of a source, as the audit trail tells it. */
export function auditedFacts(source: SourceRecord) {
  const { name, description, trigger_description, paused, time_limit_minutes } =
    presentSource(source);
  return { name, description, trigger: trigger_description, paused, time_limit_minutes };
}

/** A source as lists show it. */
export function presentListing(source: SourceListing): z.output<typeof sourceListingSchema> {
  return {
    ...presentSource(source),
    streams: source.selectedStreams,
    last_run: source.lastRun && presentRun(source.lastRun),
    recent_runs: source.recentRuns.map(({ id, status, startedAt, endedAt }) => {
      return { id, status, started_at: startedAt, ended_at: endedAt };
    }),
  };
}

/** A stream of a source as the API shows it. */
export function presentStream(stream: StreamRecord): z.output<typeof streamSchema> {
  return {
    name: stream.name,
    title: stream.title,
    selected: stream.selected,
    layer: stream.layer,
    folder: stream.folder,
    table: stream.table,
    sync_mode: stream.syncMode,
    note: stream.note,
  };
}

/** What goes with a source. */
export function presentRemoval(
  removal: SourceRemoval,
  dryRun: boolean,
): z.output<typeof removalSchema> {
  return {
    dry_run: dryRun,
    dropped: removal.dropped,
    tables: removal.tables.map((table) => ({
      table: formatTableId(table),
      rows: table.readable ? table.rows : null,
      bytes: table.readable ? table.bytes : null,
    })),
    followers: [...removal.followers],
  };
}
