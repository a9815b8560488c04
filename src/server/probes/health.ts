import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Kysely, sql } from 'kysely';

/** Whether the service can do its work. */
export interface Health {
  /** Why it cannot; empty if it can. The words name no path and no address. */
  reasons(): Promise<readonly string[]>;
}

/** Who probes asks again soon; an answer that takes longer is a bad one. In ms. */
const PROBE_MS = 3000;

/**
 * Asks the database and writes to the lake.
 *
 * @param isStopping whether the service takes no new work
 */
export function createHealth<Tables>(parts: {
  readonly db: Kysely<Tables>;
  readonly lake: string;
  readonly isStopping: () => boolean;
}): Health {
  return {
    async reasons() {
      const checks = await Promise.all([
        parts.isStopping() ? 'The service is stopping.' : null,
        reasonUnless('The database cannot be reached.', () => sql`select 1`.execute(parts.db)),
        reasonUnless('The lake cannot be written.', () => writeToLake(parts.lake)),
      ]);
      return checks.filter((reason) => reason !== null);
    },
  };
}

async function reasonUnless(reason: string, check: () => Promise<unknown>): Promise<string | null> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error('too late')), PROBE_MS);
  try {
    await Promise.race([check(), late.promise]);
    return null;
  } catch {
    return reason;
  } finally {
    clearTimeout(timer);
  }
}

/** Names that begin with a dot are no layers; see `catalog/lake-directory.ts`. */
async function writeToLake(lake: string): Promise<void> {
  await mkdir(lake, { recursive: true });
  const file = join(lake, `.probe-${randomUUID()}`);
  try {
    await writeFile(file, 'probe', { flag: 'wx' });
  } finally {
    await rm(file, { force: true });
  }
}
