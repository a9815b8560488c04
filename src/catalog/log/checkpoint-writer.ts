import { stat, writeFile } from 'node:fs/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { literal } from '../duckdb.ts';
import { type Action, formatActions } from './actions.ts';
import type { Snapshot } from './snapshot.ts';
import { tombstoneRetention } from './table-properties.ts';

/**
 * The columns of a checkpoint (Delta protocol, "Checkpoint Schema", V1 spec).
 * `add` has no parsed statistics and partition values: they are optional without partitions.
 */
const COLUMNS = `{
  txn: 'STRUCT(appId VARCHAR, version BIGINT, lastUpdated BIGINT)',
  add: 'STRUCT(path VARCHAR, partitionValues MAP(VARCHAR, VARCHAR), size BIGINT,
    modificationTime BIGINT, dataChange BOOLEAN, stats VARCHAR, tags MAP(VARCHAR, VARCHAR))',
  remove: 'STRUCT(path VARCHAR, deletionTimestamp BIGINT, dataChange BOOLEAN,
    extendedFileMetadata BOOLEAN, partitionValues MAP(VARCHAR, VARCHAR), size BIGINT)',
  metaData: 'STRUCT(id VARCHAR, name VARCHAR, description VARCHAR,
    format STRUCT(provider VARCHAR, options MAP(VARCHAR, VARCHAR)), schemaString VARCHAR,
    partitionColumns VARCHAR[], createdTime BIGINT, configuration MAP(VARCHAR, VARCHAR))',
  protocol: 'STRUCT(minReaderVersion INTEGER, minWriterVersion INTEGER)'
}`;

/** What `_last_checkpoint` says (Delta protocol, "Last Checkpoint File Schema"). */
export interface LastCheckpoint {
  readonly version: number;
  /** Actions in the checkpoint. */
  readonly size: number;
  readonly sizeInBytes: number;
  readonly numOfAddFiles: number;
}

/**
 * Everything that a checkpoint of a version holds: protocol, metadata, transactions, files, and the
 * tombstones that have not expired by `now` (ms since the epoch).
 */
export function checkpointActions(snapshot: Snapshot, now: number): Partial<Action>[] {
  const oldest = now - tombstoneRetention(snapshot.metadata.configuration);
  // `dataChange` is about a commit; nothing changes data here, as in Spark's checkpoints.
  return [
    { protocol: snapshot.protocol },
    { metaData: snapshot.metadata },
    ...snapshot.transactions.map((txn) => ({ txn })),
    ...snapshot.files.map((add) => ({ add: { ...add, dataChange: false } })),
    ...snapshot.tombstones
      .filter((remove) => (remove.deletionTimestamp ?? 0) > oldest)
      .map((remove) => ({ remove: { ...remove, dataChange: false } })),
  ];
}

/**
 * Writes a checkpoint in one Parquet file.
 * @param path where; beside it a file `<path>.json` is left
 */
export async function writeCheckpointFile(
  connection: DuckDBConnection,
  snapshot: Snapshot,
  now: number,
  path: string,
): Promise<LastCheckpoint> {
  const actions = checkpointActions(snapshot, now);
  const json = `${path}.json`;
  await writeFile(json, formatActions(actions));
  await connection.run(
    `COPY (FROM read_json(${literal(json)}, format = 'newline_delimited', columns = ${COLUMNS}))
     TO ${literal(path)} (FORMAT parquet)`,
  );
  return {
    version: snapshot.version,
    size: actions.length,
    sizeInBytes: (await stat(path)).size,
    numOfAddFiles: snapshot.files.length,
  };
}
