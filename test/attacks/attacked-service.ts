import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Role } from '../../src/state/actor.ts';
import { send, type TestAnswer, type TestRequest } from '../server/test-server.ts';
import { type ServiceUnderTest, startForTest, TOKEN } from '../service/running-service.ts';

/** A chart of the simulated Amplitude that can be read. */
export const DAILY = 'q7m2xk4p';

export const PASSWORD = 'correct horse battery staple';

/** A whole service that a file of tests attacks, in a directory that nothing else is in. */
export interface AttackedService extends ServiceUnderTest {
  /** The home is `directory`/data. */
  readonly directory: string;
  /** One request to `/api/v1`, on a connection of its own, with no more headers than are given. */
  ask(method: string, path: string, request?: TestRequest): Promise<TestAnswer>;
  /** The same with the token of an administrator, or another one. */
  as(token: string): (method: string, path: string, request?: TestRequest) => Promise<TestAnswer>;
}

export async function attackedService(
  options: Partial<Parameters<typeof startForTest>[0]> = {},
): Promise<AttackedService> {
  const directory = await mkdtemp(join(tmpdir(), 'chartlift-attacks-'));
  const service = await startForTest({ ...options, home: directory });
  const ask: AttackedService['ask'] = (method, path, request) =>
    send(service.url, method, `/api/v1${path}`, request);
  return {
    ...service,
    directory,
    ask,
    as: (token) => (method, path, request) =>
      ask(method, path, {
        ...request,
        headers: { Authorization: `Bearer ${token}`, ...request?.headers },
      }),
    async stop() {
      await service.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** A user who has signed in, as requests with their cookie. */
export async function userOf(service: AttackedService, role: Role, name: string) {
  const email = `${name}@example.com`;
  const admin = service.as(TOKEN);
  const { json } = await admin('POST', '/users', {
    json: { email, name, role, password: PASSWORD },
  });
  const answer = await service.ask('POST', '/session', { json: { email, password: PASSWORD } });
  const cookie = (answer.headers['set-cookie'] ?? []).map((text) => text.split(';')[0]).join('; ');
  return {
    id: String(json.id),
    email,
    cookie,
    ask: (method: string, path: string, request?: TestRequest) =>
      service.ask(method, path, { ...request, headers: { Cookie: cookie, ...request?.headers } }),
  };
}

/** A token of `role`, made by the administrator of the environment. */
export async function tokenOf(service: AttackedService, role: Role): Promise<string> {
  const { json } = await service.as(TOKEN)('POST', '/tokens', { json: { name: role, role } });
  return json.token;
}
