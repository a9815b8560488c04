import type { Clock } from '../clock.ts';
import type { Logger } from '../logger.ts';
import type { Service } from '../service/service.ts';
import type { AuditStore } from '../state/audit.ts';
import type { IdempotencyStore } from '../state/idempotency.ts';
import type { TokenStore } from '../state/tokens.ts';
import type { Accounts } from './auth/accounts.ts';
import type { SetupLink } from './auth/setup-link.ts';
import type { Health } from './probes/health.ts';
import type { Metrics } from './probes/metrics.ts';

/** What was changed. */
export interface AuditTarget {
  /** The noun in the singular, such as `source`. */
  readonly type: string;
  readonly id: string;
  /** For people. */
  readonly name: string;
}

/** What the routes need of the rest of the service. `createApp` is given it; nobody else fills it. */
export interface Services {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly audit: Pick<AuditStore, 'append' | 'list'>;
  readonly idempotency: Pick<IdempotencyStore, 'begin' | 'complete' | 'forget'>;
  readonly accounts: Accounts;
  readonly setupLink: SetupLink;
  readonly health: Health;
  readonly metrics: Metrics;
  /** Sources, runs and the catalog. */
  readonly service: Service;
  readonly tokens: Pick<TokenStore, 'create' | 'list' | 'get' | 'findByHash' | 'touch' | 'revoke'>;
}
