import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A directory for a lake of this test alone; it stays where it is when the test fails. */
export async function privateLake(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'chartlift-lake-'));
  onTestFinished(async ({ task }) => {
    if (task.result?.state === 'pass') await rm(directory, { recursive: true, force: true });
  });
  return join(directory, 'lake');
}
