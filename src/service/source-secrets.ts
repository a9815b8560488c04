import { z } from 'zod';
import { toChartliftError } from '../errors.ts';
import type { Keyring } from '../state/secrets/keyring.ts';
import type { SourceRecord } from '../state/source-record.ts';
import type { Connector } from '../stream/connector.ts';

const secretsSchema = z.record(z.string(), z.string());

/** Seals and opens what sources must keep to themselves. */
export class SourceSecrets {
  readonly #keyring: Keyring;

  constructor(keyring: Keyring) {
    this.#keyring = keyring;
  }

  /** @param owner the id of what the secrets belong to; they open for nothing else */
  seal(owner: string, secrets: Readonly<Record<string, string>>): string {
    return this.#keyring.seal(JSON.stringify(secrets), owner);
  }

  /** @throws ChartliftError `secrets_unreadable` */
  open(owner: string, sealed: string): Readonly<Record<string, string>> {
    return secretsSchema.parse(JSON.parse(this.#keyring.open(sealed, owner)));
  }

  /** A source's configuration, ready for its connector. */
  async configOf(
    source: Pick<SourceRecord, 'id' | 'config' | 'sealedSecrets'>,
    connector: Connector<unknown>,
  ): Promise<unknown> {
    const secrets = this.open(source.id, source.sealedSecrets);
    const parsed = connector.spec.safeParse({ ...source.config, ...secrets });
    if (parsed.success) return parsed.data;
    throw toChartliftError(parsed.error);
  }

  /** What shares a rate limit, told without telling the key. */
  limitGroup(connector: Connector<unknown>, config: unknown): string {
    return this.#keyring.fingerprint(`${connector.name} ${connector.limitGroup(config)}`);
  }
}
