import { sql } from 'kysely';
import { systemClock } from '../../src/clock.ts';
import { connectAmplitude } from '../../src/context.ts';
import { SourceSecrets } from '../../src/service/source-secrets.ts';
import { amplitudeSpec } from '../../src/source/amplitude/spec.ts';
import { openDatabase } from '../../src/state/database.ts';
import { newId } from '../../src/state/id.ts';
import { openKeyring } from '../../src/state/secrets/keyring.ts';
import { SourceStore } from '../../src/state/sources.ts';
import type { Trigger } from '../../src/state/trigger.ts';

/** A source to put into a data folder. */
export interface ConfiguredSource {
  readonly name: string;
  readonly apiKey: string;
  readonly secretKey: string;
  readonly charts: readonly string[];
  /** @param ids of the sources before it */
  readonly trigger: (ids: readonly string[]) => Trigger;
  /** ISO 8601; null: not due. */
  readonly nextRunAt: string | null;
}

/** Puts sources into a new data folder without asking Amplitude first, each with a table per chart. */
export async function configureSources(
  home: string,
  configured: readonly ConfiguredSource[],
): Promise<string[]> {
  const database = await openDatabase({ home });
  await sql`PRAGMA synchronous = OFF`.execute(database.db);
  const sources = new SourceStore(database, systemClock);
  const secrets = new SourceSecrets(await openKeyring({ home }));
  const connector = connectAmplitude();
  const ids: string[] = [];
  for (const [
    place,
    { name, charts, apiKey, secretKey, trigger, nextRunAt },
  ] of configured.entries()) {
    const id = newId('src', Date.now());
    const keys = { api_key: apiKey, secret_key: secretKey };
    const config = { region: 'us', chart_ids: charts };
    const parsed = amplitudeSpec.parse({ ...config, ...keys });
    await sources.create(
      {
        id,
        trigger: trigger(ids),
        nextRunAt,
        name,
        connector: connector.name,
        description: '',
        config,
        sealedSecrets: secrets.seal(id, keys),
        limitGroup: secrets.limitGroup(connector, parsed),
        paused: false,
        timeLimitMs: 3_600_000,
        createdBy: 'bench',
      },
      connector.discover(parsed).map((stream) => ({
        name: stream.name,
        title: null,
        selected: true,
        layer: 'raw',
        folder: null,
        table: `s${place + 1}_${stream.name}`.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_'),
        syncMode: 'FULL_TABLE' as const,
        cacheMs: null,
        note: '',
      })),
    );
    ids.push(id);
  }
  await database.close();
  return ids;
}
