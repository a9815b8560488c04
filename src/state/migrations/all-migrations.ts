import { start } from './0001-start.ts';
import { users } from './0002-users.ts';
import { recentRuns } from './0003-recent-runs.ts';
import type { Migration } from './migration.ts';

/** Every migration, in the order in which they are applied. New ones go to the end. */
export const MIGRATIONS: readonly Migration[] = [start, users, recentRuns];
