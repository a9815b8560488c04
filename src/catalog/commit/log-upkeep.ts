import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type ChartliftError, toChartliftError } from '../../errors.ts';
import type { Published } from '../disk/publish-files.ts';
import { syncDirectory, syncFile, writeDurably } from '../durable-files.ts';
import { logDirectory } from '../lake-directory.ts';
import { explainWriteFailure } from '../lake-error.ts';
import { writeCheckpointFile } from '../log/checkpoint-writer.ts';
import type { TableSource } from '../log/log-entry.ts';
import { checkpointFileName, LAST_CHECKPOINT } from '../log/log-file-name.ts';
import { readSnapshot } from '../log/snapshot.ts';
import type { ChecksumState } from '../log/version-checksum.ts';
import type { WriteContext } from './write-context.ts';

/** Versions from one checkpoint to the next (DESIGN §2.3; Delta's default, `delta.checkpointInterval`). */
const CHECKPOINT_INTERVAL = 10;

/** A version that was just committed. */
export interface CommittedVersion extends ChecksumState {
  readonly version: number;
  /** The newest checkpoint before it; null when there is none. */
  readonly checkpointVersion: number | null;
}

/**
 * Writes a checkpoint when one is due, which together with its checksum makes a version fast to read.
 * Returns why either could not be written: the version stands without, and the next commit tries again.
 */
export async function keepLogShort(
  context: WriteContext,
  source: TableSource,
  { version, checkpointVersion }: CommittedVersion,
  { checksumFailure }: Published,
  name: string,
): Promise<ChartliftError | null> {
  try {
    if (checksumFailure !== null) throw checksumFailure;
    const due = version - (checkpointVersion ?? 0) >= CHECKPOINT_INTERVAL;
    if (due) await writeCheckpoint(context, source, version, name);
    return null;
  } catch (error) {
    return toChartliftError(explainWriteFailure(error, context.lake));
  }
}

async function writeCheckpoint(
  context: WriteContext,
  source: TableSource,
  version: number,
  name: string,
): Promise<void> {
  const { staging, onStep } = context;
  const log = logDirectory(source.directory);
  const snapshot = await readSnapshot(source, { version, tombstones: true });
  if (snapshot === null) return;
  const file = join(staging, `checkpoint-${name}.parquet`);
  const duckdb = await context.connection.get();
  const last = await writeCheckpointFile(duckdb, snapshot, context.clock.now(), file);
  await syncFile(file);
  await onStep('checkpoint_staged');
  // Replaces a checkpoint of the same version, which holds the same (Delta protocol, "Classic checkpoint").
  await rename(file, join(log, checkpointFileName(version)));
  await syncDirectory(log);
  await onStep('checkpoint_published');
  const pointer = join(staging, `last-checkpoint-${name}.json`);
  await writeDurably(pointer, JSON.stringify(last));
  await rename(pointer, join(log, LAST_CHECKPOINT));
  await syncDirectory(log);
  await onStep('checkpoint_announced');
  await rm(`${file}.json`, { force: true });
}
