import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import { ChartliftError } from '../../errors.ts';
import { lazyDuckdb } from '../duckdb.ts';
import { intentFile, intentsDirectory, namesIn } from '../lake-directory.ts';
import { systemErrorCode } from '../lake-error.ts';
import { findStaging, isAtWork, takeStagingDirectory } from '../stage/staging-directory.ts';
import { formatTableId, type TableId } from '../table-id.ts';
import { readJournals } from './journal.ts';
import { removeLeftovers } from './leftovers.ts';

/*
 * Edits move directories of tables, commits put files into them: never both at once. Each writes
 * down what it is about to do (an edit its intent, a commit its journal), and only then looks for
 * the other. So at least one of two that start together sees the other; a commit then steps back
 * until the edit is done.
 */

/** How long an edit waits for commits, and a commit for edits: both take some ms, on slow disks more. */
const WAIT_MS = 10_000;
const LOOK_MS = 20;

const scopeSchema = z.object({
  /** As `layer.table`. */
  tables: z.array(z.string()),
  layers: z.array(z.string()),
});

/** The names that an edit takes away or gives. */
export type EditScope = z.output<typeof scopeSchema>;

interface Edit {
  readonly name: string;
  readonly scope: EditScope;
}

function covers({ tables, layers }: EditScope, id: TableId): boolean {
  return layers.includes(id.layer) || tables.includes(formatTableId(id));
}

/** The edits of processes at work. */
async function findEdits(lake: string, now: number): Promise<Edit[]> {
  const edits: Edit[] = [];
  for (const file of await namesIn(intentsDirectory(lake))) {
    const name = basename(file, '.json');
    if (!(await isAtWork(lake, name, now))) continue;
    const text = await readFile(intentFile(lake, name), 'utf8').catch((error: unknown) => {
      if (systemErrorCode(error) === 'ENOENT') return null;
      throw error;
    });
    if (text === null) continue;
    edits.push({ name, scope: scopeSchema.parse(JSON.parse(text)) });
  }
  return edits;
}

/** Whether an edit that is under way takes or gives the name of this table. */
export async function isBeingEdited(lake: string, id: TableId, now: number): Promise<boolean> {
  return (await findEdits(lake, now)).some(({ scope }) => covers(scope, id));
}

/**
 * Tries again and again until `attempt` gives true.
 * @throws ChartliftError `commit_conflict`, saying what is busy, when that takes too long
 */
export async function retryWhileBusy(
  clock: Clock,
  what: string,
  attempt: () => Promise<boolean>,
): Promise<void> {
  const deadline = clock.now() + WAIT_MS;
  while (!(await attempt())) {
    if (clock.now() > deadline) {
      throw new ChartliftError(
        'commit_conflict',
        `${what} is being changed by somebody else.`,
        'Try again in a moment; nothing was changed.',
      );
    }
    await clock.sleep(LOOK_MS);
  }
}

/**
 * Does an edit while no commit and no other edit is at work on the same names.
 *
 * @param work gets a directory of the edit's own; what it leaves in there is removed
 * @throws ChartliftError `commit_conflict`; whatever the work throws
 */
export async function withEditLock(
  lake: string,
  clock: Clock,
  scope: EditScope,
  work: (directory: string) => Promise<void>,
): Promise<void> {
  const name = `edit-${randomUUID()}`;
  const staging = await takeStagingDirectory(lake, name, clock.now());
  const what = [...scope.tables, ...scope.layers.map((layer) => `layer ${layer}`)].join(' or ');
  try {
    await retryWhileBusy(clock, what, () => tryToLock(lake, clock, name, staging.path, scope));
    await work(staging.path);
  } finally {
    // First of all: nobody has to wait while much is removed.
    await rm(intentFile(lake, name), { force: true });
    await staging.remove();
  }
}

async function tryToLock(
  lake: string,
  clock: Clock,
  name: string,
  staging: string,
  scope: EditScope,
): Promise<boolean> {
  const intent = intentFile(lake, name);
  const findOthers = async () =>
    (await findEdits(lake, clock.now())).filter((edit) => edit.name !== name);
  // Whoever sees another waits without a word, or several would get in each other's way for long.
  if (!existsSync(intent)) {
    if ((await findOthers()).length > 0) return false;
    await mkdir(dirname(intent), { recursive: true });
    const written = join(staging, 'intent.json');
    await writeFile(written, JSON.stringify(scope));
    await rename(written, intent);
  }
  const others = await findOthers();
  if (others.length > 0) {
    // Of several that said it at once, the first by name goes on; the others make way.
    const isFirst = others.every((edit) => name < edit.name);
    if (!isFirst) await rm(intent);
    return false;
  }
  const commits = await findCommits(lake, clock.now(), scope);
  if (commits.dead) await cleanUp(lake, clock);
  return !commits.live;
}

/** Whether commits are at work in the scope, and whether some died there. */
async function findCommits(
  lake: string,
  now: number,
  scope: EditScope,
): Promise<{ live: boolean; dead: boolean }> {
  const found = { live: false, dead: false };
  for (const { path } of await findStaging(lake, now)) {
    const journals = await readJournals(path);
    if (!journals.some((journal) => covers(scope, journal))) continue;
    found[(await isAtWork(lake, basename(path), now)) ? 'live' : 'dead'] = true;
  }
  return found;
}

/** Takes back what dead runs moved into tables, while their journals still say where it lies. */
async function cleanUp(lake: string, clock: Clock): Promise<void> {
  const duckdb = lazyDuckdb({ threads: '1' });
  try {
    await removeLeftovers(lake, clock.now(), () => duckdb.connection());
  } finally {
    await duckdb.close();
  }
}
