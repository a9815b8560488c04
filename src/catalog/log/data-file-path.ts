import { isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ChartliftError } from '../../errors.ts';
import { fileSize } from '../lake-directory.ts';
import type { AddFile } from './actions.ts';

const SCHEME = /^[A-Za-z][A-Za-z0-9+.-]+:/;

/**
 * The file on disk that a path of the log means. Log paths are URIs, relative to the table's
 * directory or absolute, and must be decoded (Delta protocol, "Add File and Remove File").
 *
 * @throws ChartliftError `table_unsupported` for files on another system, such as `s3:`.
 */
export function dataFileOf(tableDirectory: string, path: string): string {
  if (path.startsWith('file:')) return fileURLToPath(path);
  if (SCHEME.test(path)) {
    throw new ChartliftError(
      'table_unsupported',
      `The table's log points to ${path}, which is not a file of this machine.`,
      'chartlift reads tables whose files lie on the local disk; read this one with another engine.',
    );
  }
  const decoded = decodeURIComponent(path);
  return isAbsolute(decoded) ? decoded : join(tableDirectory, decoded);
}

interface Files {
  readonly directory: string;
  readonly files: readonly AddFile[];
}

/** Whether all data files of a version are on disk, of the size that its log says. */
export function hasItsFiles({ directory, files }: Files): boolean {
  return files.every(({ path, size }) => fileSize(dataFileOf(directory, path)) === size);
}

/** The data files of a version on disk, in the order of its log. */
export function snapshotFiles({ directory, files }: Files): string[] {
  return files.map((file) => dataFileOf(directory, file.path));
}
