import { readFile } from 'node:fs/promises';
import { ChartliftError } from '../errors.ts';

/**
 * The text of a file that a person named.
 * @throws ChartliftError `usage`
 */
export async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new ChartliftError(
      'usage',
      `The file ${path} cannot be read.`,
      'Check the path and its permissions.',
      { cause },
    );
  }
}

/** The same; null if there is no such file. */
export async function readTextIfThere(path: string): Promise<string | null> {
  try {
    return await readText(path);
  } catch (error) {
    if (error instanceof ChartliftError && isMissing(error.cause)) return null;
    throw error;
  }
}

function isMissing(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
}
