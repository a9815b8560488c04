import type { Clock } from '../clock.ts';
import { AuditStore } from '../state/audit.ts';
import type { Database } from '../state/database.ts';
import { IdempotencyStore } from '../state/idempotency.ts';
import { RunStore } from '../state/runs.ts';
import { SettingStore } from '../state/settings.ts';
import { SourceStore } from '../state/sources.ts';
import { TokenStore } from '../state/tokens.ts';
import { ValidationStore } from '../state/validations.ts';

/** The stores, over one database. */
export interface Stores {
  readonly sources: SourceStore;
  readonly runs: RunStore;
  readonly validations: ValidationStore;
  readonly tokens: TokenStore;
  readonly audit: AuditStore;
  readonly idempotency: IdempotencyStore;
  readonly settings: SettingStore;
}

/** Opens every store. */
export function openStores(database: Database, clock: Clock): Stores {
  return {
    sources: new SourceStore(database, clock),
    runs: new RunStore(database, clock),
    validations: new ValidationStore(database, clock),
    tokens: new TokenStore(database, clock),
    audit: new AuditStore(database, clock),
    idempotency: new IdempotencyStore(database, clock),
    settings: new SettingStore(database, clock),
  };
}
