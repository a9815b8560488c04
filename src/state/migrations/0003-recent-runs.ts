import type { Migration } from './migration.ts';

/** An index with all that a list of sources shows of their latest runs, so that it does not look at the runs. */
export const recentRuns: Migration = {
  name: '0003-recent-runs',
  async up(db) {
    await db.schema
      .createIndex('runs_recent')
      .on('runs')
      .columns(['source_id', 'id', 'status', 'attempt', 'started_at', 'ended_at'])
      .execute();
    await db.schema.dropIndex('runs_of_source').execute();
  },
};
