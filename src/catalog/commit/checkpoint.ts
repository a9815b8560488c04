import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type ChartliftError, toChartliftError } from '../../errors.ts';
import { syncDirectory, syncFile, writeDurably } from '../durable-files.ts';
import { logDirectory } from '../lake-directory.ts';
import { explainWriteFailure } from '../lake-error.ts';
import { writeCheckpointFile } from '../log/checkpoint-writer.ts';
import { checkpointFileName, LAST_CHECKPOINT } from '../log/log-file-name.ts';
import { listLog } from '../log/log-listing.ts';
import { readSnapshot, type SnapshotSource } from '../log/snapshot.ts';
import type { WriteContext } from './write-context.ts';

/** Versions from one checkpoint to the next (DESIGN §2.3; Delta's default, `delta.checkpointInterval`). */
const CHECKPOINT_INTERVAL = 10;

/**
 * Writes a checkpoint of a version that was just committed, when one is due.
 * Returns why it could not be written: the version stands without it.
 */
export async function checkpointIfDue(
  context: WriteContext,
  source: SnapshotSource,
  version: number,
  name: string,
): Promise<ChartliftError | null> {
  try {
    const { checkpoints } = await listLog(logDirectory(source.directory));
    const last = checkpoints.findLast((checkpoint) => checkpoint.version <= version)?.version ?? 0;
    if (version - last >= CHECKPOINT_INTERVAL) await checkpoint(context, source, version, name);
    return null;
  } catch (error) {
    return toChartliftError(explainWriteFailure(error, context.lake));
  }
}

async function checkpoint(
  context: WriteContext,
  source: SnapshotSource,
  version: number,
  name: string,
): Promise<void> {
  const { staging, onStep } = context;
  const log = logDirectory(source.directory);
  const snapshot = await readSnapshot(source, { version, tombstones: true });
  if (snapshot === null) return;
  const file = join(staging, `checkpoint-${name}.parquet`);
  const last = await writeCheckpointFile(context.connection, snapshot, context.clock.now(), file);
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
