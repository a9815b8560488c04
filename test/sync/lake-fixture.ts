import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openLakeReader } from '../../src/catalog/lake-reader.ts';

/** A directory of the test's own; kept when the test fails, so that it can be looked at. */
export async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'chartlift-test-'));
  onTestFinished(async ({ task }) => {
    if (task.result?.state === 'fail') process.stderr.write(`kept: ${directory}\n`);
    else await rm(directory, { recursive: true });
  });
  return directory;
}

/** All rows of a query over a lake. */
export async function query(
  lake: string,
  sql: string,
  versions?: ReadonlyMap<string, number>,
): Promise<unknown[][]> {
  const reader = await openLakeReader(lake);
  try {
    const rows: unknown[][] = [];
    const result = await reader.sql(sql, versions ? { versions } : {});
    for await (const chunk of result.chunks()) rows.push(...chunk.map((row) => [...row]));
    return rows;
  } finally {
    await reader.close();
  }
}
