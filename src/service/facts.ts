import { openLakeReader } from '../catalog/lake-reader.ts';
import type { FactTable } from '../catalog/query/fact-table.ts';
import { formatTableId } from '../catalog/table-id.ts';
import type { RunStore } from '../state/runs.ts';
import type { SourceStore } from '../state/sources.ts';

/** Rows that are read from the database at once. */
const PAGE = 500;

/**
 * The service's own facts as tables of SQL: `chartlift.runs`, `chartlift.stream_results` and
 * `chartlift.tables`. Each is read only by a query that names it.
 */
export function serviceFacts(
  runs: RunStore,
  sources: SourceStore,
  lake: string,
): readonly FactTable[] {
  return [runFacts(runs, sources), resultFacts(runs), tableFacts(sources, lake)];
}

function runFacts(runs: RunStore, sources: SourceStore): FactTable {
  return {
    schema: 'chartlift',
    name: 'runs',
    columns: [
      { name: 'run_id', type: 'string' },
      { name: 'source_id', type: 'string' },
      { name: 'source', type: 'string' },
      { name: 'status', type: 'string' },
      { name: 'cause', type: 'string' },
      { name: 'started_by', type: 'string' },
      { name: 'attempt', type: 'bigint' },
      { name: 'queued_at', type: 'timestamp' },
      { name: 'started_at', type: 'timestamp' },
      { name: 'ended_at', type: 'timestamp' },
      { name: 'error_code', type: 'string' },
      { name: 'error_message', type: 'string' },
    ],
    async *rows() {
      const names = await sources.names();
      for await (const run of eachRun(runs)) {
        yield [
          run.id,
          run.sourceId,
          names.get(run.sourceId) ?? null,
          run.status,
          run.cause,
          run.startedBy.name,
          run.attempt,
          run.queuedAt,
          run.startedAt,
          run.endedAt,
          run.error?.code ?? null,
          run.error?.message ?? null,
        ];
      }
    },
  };
}

function resultFacts(runs: RunStore): FactTable {
  return {
    schema: 'chartlift',
    name: 'stream_results',
    columns: [
      { name: 'run_id', type: 'string' },
      { name: 'stream', type: 'string' },
      { name: 'table_name', type: 'string' },
      { name: 'title', type: 'string' },
      { name: 'status', type: 'string' },
      { name: 'rows', type: 'bigint' },
      { name: 'version', type: 'bigint' },
      { name: 'bytes', type: 'bigint' },
      { name: 'rows_added', type: 'bigint' },
      { name: 'rows_removed', type: 'bigint' },
      { name: 'rows_changed', type: 'bigint' },
      { name: 'duration_ms', type: 'bigint' },
      { name: 'attempts', type: 'bigint' },
      { name: 'warnings', type: 'bigint' },
      { name: 'error_code', type: 'string' },
      { name: 'error_message', type: 'string' },
      { name: 'ended_at', type: 'timestamp' },
    ],
    async *rows() {
      for await (const run of eachRun(runs)) {
        for (const result of await runs.results(run.id)) {
          yield [
            result.runId,
            result.stream,
            result.table,
            result.title,
            result.status,
            result.rows,
            result.version,
            result.bytes,
            result.change?.added ?? null,
            result.change?.removed ?? null,
            result.change?.changed ?? null,
            result.durationMs,
            result.attempts,
            result.warnings.length,
            result.error?.code ?? null,
            result.error?.message ?? null,
            result.endedAt,
          ];
        }
      }
    },
  };
}

function tableFacts(sources: SourceStore, lake: string): FactTable {
  return {
    schema: 'chartlift',
    name: 'tables',
    columns: [
      { name: 'layer', type: 'string' },
      { name: 'table_name', type: 'string' },
      { name: 'folder', type: 'string' },
      { name: 'title', type: 'string' },
      { name: 'stream', type: 'string' },
      { name: 'source', type: 'string' },
      { name: 'note', type: 'string' },
      { name: 'rows', type: 'bigint' },
      { name: 'bytes', type: 'bigint' },
      { name: 'version', type: 'bigint' },
      { name: 'committed_at', type: 'timestamp' },
      { name: 'error_code', type: 'string' },
    ],
    async *rows() {
      const owners = new Map(
        (await sources.allStreams()).map((stream) => [formatTableId(stream), stream]),
      );
      const reader = await openLakeReader(lake);
      const tables = await reader.tables().finally(() => reader.close());
      for (const table of tables) {
        const owner = owners.get(formatTableId(table));
        const about = [owner?.sourceName ?? null, owner?.note ?? null] as const;
        if (!table.readable) {
          const { code } = table.error;
          yield [
            table.layer,
            table.table,
            null,
            null,
            null,
            ...about,
            null,
            null,
            null,
            null,
            code,
          ];
          continue;
        }
        yield [
          table.layer,
          table.table,
          table.folder,
          table.title,
          table.stream,
          ...about,
          table.rows,
          table.bytes,
          table.version,
          new Date(table.committedAt).toISOString(),
          null,
        ];
      }
    },
  };
}

async function* eachRun(runs: RunStore) {
  let cursor: string | undefined;
  do {
    const page = await runs.list({ limit: PAGE, cursor });
    yield* page.items;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}
