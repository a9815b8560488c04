import { type Dialect, PostgresDialect } from 'kysely';
import type { ClientConfig } from 'pg';

/** Connections at most. A statement takes a few ms; more would wait for the disk just as well. */
const CONNECTIONS = 10;

/** How long to wait for a connection, in ms. */
const CONNECT_MS = 10_000;

/** Object id of the type int8, which the driver gives as text for fear of numbers above 2^53. */
const INT8 = 20;

/** Kysely over the `pg` package, which is loaded by this call. */
export async function postgresDialect(url: string): Promise<Dialect> {
  const { default: pg } = await import('pg');
  const pool = new pg.Pool({ ...(await postgresSettings(url)), max: CONNECTIONS });
  // A connection that breaks fails what is being asked over it, and is replaced when the next one is needed.
  // Without a listener it would end the process as well (node-postgres.com, "pg.Client", events).
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return new PostgresDialect({ pool });
}

/** How to reach the database; bytes and counts come as numbers. */
export async function postgresSettings(url: string): Promise<ClientConfig> {
  const { default: pg } = await import('pg');
  return {
    connectionString: url,
    application_name: 'chartlift',
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
    types: {
      getTypeParser: (type: number, format?: 'text' | 'binary') =>
        type === INT8 ? Number : pg.types.getTypeParser(type, format ?? 'text'),
    },
  };
}
