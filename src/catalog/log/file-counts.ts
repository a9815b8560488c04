import { z } from 'zod';
import type { AddFile } from './actions.ts';

const statsSchema = z.object({ numRecords: z.number() });

/** Records of one data file as its statistics tell; null when they do not. */
export function recordsOf(file: AddFile): number | null {
  if (file.stats === null) return null;
  try {
    return statsSchema.parse(JSON.parse(file.stats)).numRecords;
  } catch {
    // Statistics are optional, and so is their form.
    return null;
  }
}

/** What the files of one version hold together. */
export interface FileCounts {
  readonly files: number;
  /** Bytes. */
  readonly bytes: number;
  /** Null when a file has no statistics. */
  readonly rows: number | null;
}

/** Adds up the files of a version. */
export function countFiles(files: Iterable<AddFile>): FileCounts {
  let count = 0;
  let bytes = 0;
  let rows: number | null = 0;
  for (const file of files) {
    const records = recordsOf(file);
    count += 1;
    bytes += file.size;
    rows = rows === null || records === null ? null : rows + records;
  }
  return { files: count, bytes, rows };
}
