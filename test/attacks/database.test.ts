import { expect, it } from 'vitest';
import { routesOf } from '../server/api-routes.ts';
import { send } from '../server/test-server.ts';
import { createSource, runToEnd, TOKEN } from '../service/running-service.ts';
import { eachDatabase } from '../state/each-database.ts';
import { attackedService, DAILY } from './attacked-service.ts';

/** What databases take differently: PostgreSQL has no NUL, and integers of four bytes. */
const TEXTS = ['a\u0000b', '\ud800', '\\', '9'.repeat(30)];
const NUMBERS = ['-1', '2147483648', '9007199254740991', '9223372036854775808'];

eachDatabase('What no database should be asked', ({ place }) => {
  it('is refused before, and is no fault of the service', { timeout: 60_000 }, async () => {
    const { url } = await place();
    const service = await attackedService({ env: url === undefined ? {} : { DATABASE_URL: url } });
    try {
      const admin = service.as(TOKEN);
      const source = await createSource(service, [DAILY]);
      const run = await runToEnd(service, source.id);
      const wrong: string[] = [];
      const ask = async (method: string, path: string, request: object = {}) => {
        const { status } = await admin(method, path, request);
        if (status >= 500) wrong.push(`${method} ${path} ${JSON.stringify(request)}: ${status}`);
      };
      const api = await send(service.url, 'GET', '/api/openapi.json');
      const reads = routesOf(api.json).filter(({ method }) => method === 'GET');
      for (const { path, operation } of reads) {
        const known = path
          .replace('/api/v1', '')
          .replace('/runs/{id}', `/runs/${run.id}`)
          .replace('{id}', source.id)
          .replace('{layer}', 'raw')
          .replace('{name}', `chart_${DAILY}`);
        for (const { name, in: where } of operation.parameters ?? []) {
          for (const text of [...TEXTS, ...NUMBERS]) {
            const value = encodeURIComponent(text.toWellFormed());
            if (where === 'query') await ask('GET', `${known}?${name}=${value}`);
            if (where !== 'path') continue;
            await ask('GET', path.replace('/api/v1', '').replaceAll(/\{\w+\}/g, value));
          }
        }
      }
      const stream = `/sources/${source.id}/streams/chart_${DAILY}`;
      for (const text of TEXTS) {
        for (const [method, path, json] of [
          ['POST', '/tokens', { name: text, role: 'viewer' }],
          ['POST', '/users', { name: text, email: 'a@example.com', role: 'viewer' }],
          ['POST', '/users', { name: 'b', email: `${text}@example.com`, role: 'viewer' }],
          ['POST', '/session', { email: text, password: text }],
          ['POST', '/layers', { name: text }],
          ['PATCH', `/sources/${source.id}`, { name: text }],
          ['PATCH', `/sources/${source.id}`, { description: text }],
          ['PATCH', `/sources/${source.id}`, { trigger: { type: 'after', source_id: text } }],
          ['PATCH', stream, { note: text, folder: text }],
          ['POST', `/sources/${source.id}/duplicate`, { name: `n${text}` }],
          ['POST', '/sources', { validation_id: text, name: text, streams: [] }],
          ['POST', '/sql', { query: `SELECT '${text}'` }],
        ] as const) {
          await ask(method, path, { json });
        }
      }
      for (const number of NUMBERS) {
        const headers = { 'Last-Event-ID': number, 'If-Match': `"${number}"` };
        await ask('GET', `/runs/${run.id}/events`, { headers });
        await ask('PATCH', `/sources/${source.id}`, { headers, json: { name: 'x' } });
      }
      expect(wrong).toEqual([]);
      expect(service.log.filter((line) => /"level":"(error|fatal)"/.test(line))).toEqual([]);
    } finally {
      await service.stop();
    }
  });
});
