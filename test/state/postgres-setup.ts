import type { TestProject } from 'vitest/node';
import { startPostgres } from './postgres-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Of the PostgreSQL that all tests of a run share; each takes a schema of its own. */
    readonly postgresUrl: string;
  }
}

/** Starts a PostgreSQL for the whole run and stops it at the end. Files that need none do not wait for it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgres();
  project.provide('postgresUrl', server.url);
  return () => server.stop();
}
