import type { StepHook } from '../commit/write-step.ts';
import { writeDurably } from '../durable-files.ts';
import { parquetFile } from '../stage/parquet/parquet-file.ts';
import type { PartValues } from '../stage/part-values.ts';
import { type Published, type Publishing, publishFiles } from './publish-files.ts';

/** What runs put on the disk for each table: a small data file, and a commit. */
export interface Disk {
  /** Writes a small part into a new Parquet file which survives a power loss. Returns its bytes. */
  writePart(part: PartValues, path: string): Promise<number>;
  /** See {@link publishFiles}. */
  publish(publishing: Publishing, onStep: StepHook): Promise<Published | null>;
}

/** Works in the thread that asks. */
export const disk: Disk = {
  async writePart(part, path) {
    const content = parquetFile(part);
    await writeDurably(path, content);
    return content.length;
  },
  publish: publishFiles,
};
