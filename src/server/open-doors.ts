import type { Service } from '../service/service.ts';
import { createApp } from './app.ts';
import { Accounts } from './auth/accounts.ts';
import type { AuthTables } from './auth/auth-tables.ts';
import { SetupLink } from './auth/setup-link.ts';
import { listeningWarning, type RunningServer, startServer } from './listen.ts';
import { createHealth } from './probes/health.ts';
import type { Metrics } from './probes/metrics.ts';
import type { Services } from './services.ts';
import { isSecure, type ServerSettings } from './settings.ts';
import { BUILT_APP, readBuiltApp } from './web/built-app.ts';

/** The service's HTTP doors, open: the API and the web app. */
export interface OpenDoors {
  readonly server: RunningServer;
  /** See `SetupLink.create`. */
  readonly setupLink: string | null;
  /** What the operator should know. */
  readonly warnings: readonly string[];
  /** Takes no new requests and ends within `withinMs`. */
  close(withinMs: number): Promise<void>;
}

/**
 * Opens the HTTP API and the web app of a service.
 *
 * @param port 0 takes a free one
 * @throws ChartliftError `config_invalid`
 */
export async function openDoors(options: {
  readonly service: Service;
  readonly settings: ServerSettings;
  readonly metrics: Metrics;
  readonly host: string;
  readonly port: number;
}): Promise<OpenDoors> {
  const { service, settings, metrics, host, port } = options;
  const { clock, logger, stores } = service;
  const { db } = service.database;
  let stopping = false;
  const accounts = new Accounts({
    db: db.withTables<AuthTables>(),
    clock,
    logger,
    // Signed cookies outlive a rotation of the keys: the fingerprint key is never rotated.
    secret: service.keyring.fingerprint('session cookies'),
    secure: isSecure(settings),
  });
  const setupLink = new SetupLink(accounts, stores.settings, clock);
  const services: Services = {
    clock,
    logger,
    audit: stores.audit,
    idempotency: stores.idempotency,
    tokens: stores.tokens,
    accounts,
    setupLink,
    health: createHealth({ db, lake: service.lake, isStopping: () => stopping }),
    metrics,
    service,
  };
  const app = createApp(services, settings, await readBuiltApp(BUILT_APP));
  const server = await startServer({ app, host, port });
  const warning = listeningWarning(host, settings);
  return {
    server,
    setupLink: await setupLink.create(settings.publicUrl?.origin ?? server.url),
    warnings: warning === null ? [] : [warning],
    async close(withinMs) {
      stopping = true;
      await server.close(withinMs);
    },
  };
}
