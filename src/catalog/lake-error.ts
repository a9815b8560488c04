import { ChartliftError } from '../errors.ts';

/** Error codes of the operating system for a disk or quota that has no room left. */
const FULL: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
/** Error codes of the operating system for a place that cannot be written. */
const NOT_WRITABLE: ReadonlySet<string> = new Set(['EROFS', 'EACCES', 'EPERM', 'ENOTDIR']);
/** Error codes for directories of one lake that lie on different file systems. */
const DIVIDED: ReadonlySet<string> = new Set(['EXDEV']);

/** DuckDB reports the same troubles with the texts of strerror(3). */
const FULL_TEXT = /no space left on device|disk quota exceeded|file too large/i;
const NOT_WRITABLE_TEXT = /read-only file system|permission denied|operation not permitted/i;

/** The `code` of an error of `node:fs`, such as `ENOENT`; undefined for any other error. */
export function systemErrorCode(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error) || !('code' in thrown)) return undefined;
  return typeof thrown.code === 'string' ? thrown.code : undefined;
}

/**
 * Says what a failed write to the lake means for the person who runs it.
 * What is not a trouble of the disk comes back as it was.
 */
export function explainWriteFailure(thrown: unknown, lake: string): unknown {
  if (thrown instanceof ChartliftError) return thrown;
  const code = systemErrorCode(thrown) ?? '';
  const text = thrown instanceof Error ? thrown.message : '';
  if (FULL.has(code) || FULL_TEXT.test(text)) {
    return new ChartliftError(
      'lake_full',
      `There is no room left to write in ${lake}.`,
      'Free space (chartlift vacuum removes old versions) and run again; the tables keep their last good version.',
      { cause: thrown },
    );
  }
  if (DIVIDED.has(code)) {
    return new ChartliftError(
      'lake_not_writable',
      `The directories of ${lake} lie on different file systems.`,
      'Keep the whole lake on one file system: files are moved into their table by renaming.',
      { cause: thrown },
    );
  }
  if (NOT_WRITABLE.has(code) || NOT_WRITABLE_TEXT.test(text)) {
    return new ChartliftError(
      'lake_not_writable',
      `${lake} cannot be written: ${text}.`,
      'Give this user write access to the directory and everything in it, or choose another one.',
      { cause: thrown },
    );
  }
  return thrown;
}
