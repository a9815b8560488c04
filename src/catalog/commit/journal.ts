import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { namesIn } from '../lake-directory.ts';

const PREFIX = 'journal-';

const journalSchema = z.object({
  layer: z.string(),
  table: z.string(),
  /** The version that the commit replaces; null for a new table. */
  readVersion: z.number().nullable(),
  /** Names of the data files that move into the table's directory. */
  files: z.array(z.string()),
});

/**
 * What a commit is about to put into a table's directory, written down before it does, so that
 * whoever finds the run dead knows what to look for.
 */
export type Journal = z.output<typeof journalSchema>;

/** Writes the journal of one commit; `commit` tells the commits of a run apart. */
export async function writeJournal(
  staging: string,
  commit: string,
  journal: Journal,
): Promise<void> {
  const path = join(staging, `${PREFIX}${commit}.json`);
  // Replaced in one step: an earlier try of the same commit may have moved files.
  await writeFile(`${path}.new`, JSON.stringify(journal));
  await rename(`${path}.new`, path);
}

/** Forgets the journal of a commit that is done or undone. */
export async function removeJournal(staging: string, commit: string): Promise<void> {
  await rm(join(staging, `${PREFIX}${commit}.json`), { force: true });
}

/**
 * The journals of a run. One that was cut short while it was written is left out: its commit had
 * not begun to move files.
 */
export async function readJournals(staging: string): Promise<Journal[]> {
  const journals: Journal[] = [];
  for (const name of await namesIn(staging)) {
    if (!name.startsWith(PREFIX) || !name.endsWith('.json')) continue;
    try {
      journals.push(journalSchema.parse(JSON.parse(await readFile(join(staging, name), 'utf8'))));
    } catch {
      // Cut short, or removed by its own run meanwhile.
    }
  }
  return journals;
}
