import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type HomeSettings, readHomeSettings } from '../../context.ts';
import { ChartliftError } from '../../errors.ts';
import { DATABASE_FILE, openDatabase } from '../../state/database.ts';
import { openKeyring } from '../../state/secrets/keyring.ts';
import { type Rotation, rotateSecrets } from '../../state/secrets/rotate-secrets.ts';
import type { CommandContext } from '../command-context.ts';
import { jsonDocument } from '../output/json-document.ts';
import { counted } from '../output/quantities.ts';
import type { HomeOptions } from './backup.ts';

/** `chartlift secrets rotate`: a new key for all stored credentials. */
export async function secretsRotate(
  { home: folder, json }: HomeOptions,
  { terminal, exitWith }: CommandContext,
): Promise<void> {
  const settings = readHomeSettings(terminal.env, folder);
  assertHome(settings);
  const { home, secretKey } = settings;
  const database = await openDatabase({ home, url: settings.databaseUrl });
  let rotation: Rotation;
  try {
    const keyring = await openKeyring({ home, secretKey });
    if (!json) {
      terminal.err(
        'Encrypting with the new key, then waiting for a service at work; 12 s or more …\n',
      );
    }
    rotation = await rotateSecrets({ database, keyring, signal: terminal.signal });
  } finally {
    await database.close();
  }
  terminal.out(json ? jsonDocument(document(rotation)) : describe(rotation));
  exitWith(rotation.unreadable.length === 0 ? 0 : 1);
}

/** A mistyped folder must not become a new one. */
function assertHome({ home, databaseUrl }: HomeSettings): void {
  if (databaseUrl !== undefined || existsSync(join(home, DATABASE_FILE))) return;
  throw new ChartliftError(
    'database_unusable',
    `There is no database at ${join(home, DATABASE_FILE)}.`,
    'Check CHARTLIFT_HOME or --home; a first start of the service makes the database.',
  );
}

function describe({ keyId, resealed, unreadable, removed, removable }: Rotation): string {
  const rows = unreadable.map(({ table, id }) => `${table} ${id}`);
  return [
    `${counted(resealed, 'secret')} sealed with the new key ${keyId}\n`,
    removed.length === 0 ? '' : `removed from the key file: ${removed.join(', ')}\n`,
    removable.length === 0
      ? ''
      : `may be taken out of CHARTLIFT_SECRET_KEY: ${removable.join(', ')}\n`,
    rows.length === 0
      ? ''
      : `no key opens ${rows.join(', ')}: enter the credentials of these again\n`,
  ].join('');
}

function document(rotation: Rotation): Record<string, unknown> {
  const { keyId, resealed, unreadable, removed, removable } = rotation;
  return { key_id: keyId, resealed, unreadable, removed, removable };
}
