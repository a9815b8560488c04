import { closeSync, open, writeSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

const FILE = 'journal.jsonl';

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

/** A commit begins, or is done or undone (null). */
const lineSchema = z.object({ commit: z.string(), journal: journalSchema.nullable() });
type Line = z.output<typeof lineSchema>;

const openFile = promisify(open);

/**
 * The journals of a run's commits, in one file of its staging directory that only grows. A file for each
 * commit would have to be made and removed again, which file systems take a tenth of a millisecond for.
 */
export class CommitJournal {
  readonly #staging: string;
  #file: Promise<number> | null = null;
  readonly #underWay = new Set<string>();

  /** @param staging the run's staging directory */
  constructor(staging: string) {
    this.#staging = staging;
  }

  /** Writes the journal of one commit; `commit` tells the commits of a run apart. */
  async begin(commit: string, journal: Journal): Promise<void> {
    this.#underWay.add(commit);
    await this.#write({ commit, journal });
  }

  /** Forgets the journal of a commit that is done or undone, if it has one. */
  async end(commit: string): Promise<void> {
    if (this.#underWay.delete(commit)) await this.#write({ commit, journal: null });
  }

  /** To be called when no commit is under way. */
  async close(): Promise<void> {
    const file = await this.#file?.catch(() => null);
    if (file !== null && file !== undefined) closeSync(file);
    this.#file = null;
  }

  async #write(line: Line): Promise<void> {
    this.#file ??= openFile(join(this.#staging, FILE), 'a');
    // In one piece, so that lines of commits that go on at once never mix. It waits for no disk.
    writeSync(await this.#file, `${JSON.stringify(line)}\n`);
  }
}

/**
 * The journals of a run's commits that are neither done nor undone. A line that was cut short while it was
 * written is left out: its commit had not begun to move files.
 */
export async function readJournals(staging: string): Promise<Journal[]> {
  const text = await readFile(join(staging, FILE), 'utf8').catch(() => '');
  const journals = new Map<string, Journal>();
  for (const line of text.split('\n')) {
    const read = parseLine(line);
    if (read === null) continue;
    if (read.journal === null) journals.delete(read.commit);
    else journals.set(read.commit, read.journal);
  }
  return [...journals.values()];
}

function parseLine(line: string): Line | null {
  try {
    return lineSchema.parse(JSON.parse(line));
  } catch {
    return null;
  }
}
