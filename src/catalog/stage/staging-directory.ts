import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ChartliftError } from '../../errors.ts';
import { namesIn, stagingRoot } from '../lake-directory.ts';
import { systemErrorCode } from '../lake-error.ts';
import { currentOwner, ownerState, parseOwner } from './run-owner.ts';

/** Ids of runs name directories, so they hold nothing that means anything to a file system. */
const RUN_ID = /^[A-Za-z0-9_-]{1,128}$/;
const OWNER = 'owner.json';

/** How long a directory may stand without its owner's name: it is written right after it is made. */
const OWNER_GRACE_MS = 60 * 60 * 1000;
/** After this long without a change, the work of a run on another machine counts as left. */
const FOREIGN_GRACE_MS = 7 * 24 * 60 * 60 * 1000;

/** Where one run keeps unfinished work: `<lake>/.chartlift/staging/<run_id>/`. */
export interface StagingDirectory {
  readonly path: string;
  /** Where DuckDB puts what does not fit into memory. */
  readonly temporary: string;
  /** Removes it with all that is in it. */
  remove(): Promise<void>;
}

/**
 * Takes a staging directory for a run.
 * @throws ChartliftError `internal` when the id is taken or cannot name a directory.
 */
export async function takeStagingDirectory(
  lake: string,
  runId: string,
  now: number,
): Promise<StagingDirectory> {
  if (!RUN_ID.test(runId)) {
    throw new ChartliftError(
      'internal',
      `"${runId}" cannot be the id of a run.`,
      'Use letters, digits, _ and -.',
    );
  }
  const root = stagingRoot(lake);
  const path = join(root, runId);
  await mkdir(root, { recursive: true });
  try {
    await mkdir(path);
  } catch (error) {
    if (systemErrorCode(error) !== 'EEXIST') throw error;
    throw new ChartliftError(
      'internal',
      `Run ${runId} is writing to this lake already.`,
      'Give each run an id of its own.',
      { cause: error },
    );
  }
  await writeFile(join(path, OWNER), `${JSON.stringify(currentOwner(now))}\n`);
  return {
    path,
    temporary: join(path, 'temporary'),
    remove: () => rm(path, { recursive: true, force: true }),
  };
}

/** One run's staging directory as somebody else finds it. */
export interface FoundStaging {
  readonly path: string;
  /** Whether its run may still be at work. */
  readonly live: boolean;
}

/** The staging directories of a lake, with the runs that are at work and those that died. */
export async function findStaging(lake: string, now: number): Promise<FoundStaging[]> {
  const found: FoundStaging[] = [];
  for (const name of await namesIn(stagingRoot(lake))) found.push(await lookAt(lake, name, now));
  return found;
}

/**
 * Whether somebody is at work in a staging directory. One without its owner's name has no intent and no journal
 * yet, or is being removed: nobody has to wait for it.
 */
export async function isAtWork(lake: string, name: string, now: number): Promise<boolean> {
  const { path, live } = await lookAt(lake, name, now);
  return live && (await namesIn(path)).includes(OWNER);
}

async function lookAt(lake: string, name: string, now: number): Promise<FoundStaging> {
  const path = join(stagingRoot(lake), name);
  return { path, live: await isLive(path, now) };
}

async function isLive(path: string, now: number): Promise<boolean> {
  const changed = await stat(path).catch(() => null);
  if (changed === null) return false;
  const age = now - changed.mtimeMs;
  const owner = parseOwner(await readFile(join(path, OWNER), 'utf8').catch(() => ''));
  if (owner === null) return age < OWNER_GRACE_MS;
  const state = ownerState(owner);
  return state === 'alive' || (state === 'unknown' && age < FOREIGN_GRACE_MS);
}
