import type { z } from '@hono/zod-openapi';
import type { TableVersion } from '../../catalog/table-history.ts';
import { errorRecord } from '../../service/error-record.ts';
import type { OwnedTable } from '../../service/tables.ts';
import type { tableSchema, versionSchema } from './schema.ts';

/** A table as the API shows it. */
export function presentTable({ table, owner }: OwnedTable): z.output<typeof tableSchema> {
  const shown = {
    layer: table.layer,
    name: table.table,
    owner: owner && {
      source_id: owner.sourceId,
      source: owner.sourceName,
      stream: owner.name,
      note: owner.note,
    },
  };
  if (!table.readable) {
    const nothing = { folder: null, title: null, stream: null, source: null };
    const counts = { rows: null, bytes: null, version: null, committed_at: null };
    return { ...shown, ...nothing, ...counts, error: errorRecord(table.error) };
  }
  return {
    ...shown,
    folder: table.folder,
    title: table.title,
    stream: table.stream,
    source: table.source,
    rows: table.rows,
    bytes: table.bytes,
    version: table.version,
    committed_at: new Date(table.committedAt).toISOString(),
    error: null,
  };
}

/** A version of a table as the API shows it. */
export function presentVersion(version: TableVersion): z.output<typeof versionSchema> {
  const { committedAt, change } = version;
  return {
    version: version.version,
    committed_at: committedAt === null ? null : new Date(committedAt).toISOString(),
    rows: version.rows,
    bytes: version.bytes,
    operation: version.operation,
    engine: version.engine,
    run_id: version.runId,
    change: change && { ...change },
    readable: version.readable,
  };
}
