import { sql } from 'kysely';
import { systemClock } from '../../src/clock.ts';
import { connectAmplitude } from '../../src/context.ts';
import { SourceSecrets } from '../../src/service/source-secrets.ts';
import { amplitudeSpec } from '../../src/source/amplitude/spec.ts';
import { type Database, openDatabase } from '../../src/state/database.ts';
import { newId } from '../../src/state/id.ts';
import { RunStore } from '../../src/state/runs.ts';
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
  /** How many runs it has had, one a day; the last ended well yesterday. Absent: none. */
  readonly runs?: number;
}

const DAY_MS = 86_400_000;
const OWNER = 'bench';
const SCHEDULE = { type: 'system', id: 'schedule', name: 'schedule' } as const;

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
    { name, charts, apiKey, secretKey, trigger, nextRunAt, runs = 0 },
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
        createdBy: OWNER,
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
    for (let days = runs; days > 0; days -= 1)
      await addRun(database, id, Date.now() - days * DAY_MS);
    ids.push(id);
  }
  await database.close();
  return ids;
}

/** A run that began at `startedAt` (ms since the Unix epoch), a moment or some minutes long. */
async function addRun(database: Database, sourceId: string, startedAt: number): Promise<void> {
  let now = startedAt;
  const runs = new RunStore(database, { ...systemClock, now: () => now });
  const { run } = await runs.enqueue({ sourceId, cause: 'schedule', startedBy: SCHEDULE });
  await runs.claim(OWNER, DAY_MS, { perGroup: 1 });
  now += 1_700 + (startedAt % 180_000);
  await runs.finish(run.id, OWNER, { status: 'success', error: null });
}
