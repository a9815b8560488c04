import type { AppContext } from './app-env.ts';
import type { ServerSettings } from './settings.ts';

/** Where people reach the service, for links: the setting, else the (checked) host that was asked. */
export function publicAddress(c: AppContext, settings: Pick<ServerSettings, 'publicUrl'>): string {
  return settings.publicUrl?.origin ?? `http://${c.req.header('Host') ?? 'localhost'}`;
}
