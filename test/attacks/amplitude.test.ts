import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountOf, createSource, endOfValidation, runToEnd } from '../service/running-service.ts';
import { type AttackedService, attackedService, DAILY, tokenOf } from './attacked-service.ts';

const OTHER = 'g4n8wl3r';
const MEBIBYTE = 2 ** 20;

let service: AttackedService;
let sourceId: string;
/** Requests that came to a server which nobody has configured. */
const elsewhere: string[] = [];
let elsewhereUrl = '';

const server = createServer((request, response) => {
  elsewhere.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)}`);
  response.setHeader('content-type', 'application/json').end('{"data":"a,b\\r\\n1,2\\r\\n"}');
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  elsewhereUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  // A limit that is met sooner than the usual one.
  service = await attackedService({ env: { CHARTLIFT_MAX_REPORT_MB: '24' } });
  sourceId = (await createSource(service, [DAILY, OTHER])).id;
  await runToEnd(service, sourceId);
});

afterAll(async () => {
  await service.stop();
  server.close();
});

/** Does `work` and gives how much more memory the process held meanwhile than before, in MiB. */
async function growthDuring(work: () => Promise<unknown>): Promise<number> {
  const before = process.memoryUsage.rss();
  let most = before;
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, 10);
  await work().finally(() => clearInterval(timer));
  return (most - before) / MEBIBYTE;
}

async function resultsOf(run: { readonly id: string }) {
  const { body } = await service.api('GET', `/runs/${run.id}`);
  return Object.fromEntries(
    body.results.map((result: { stream: string }) => [result.stream, result]),
  );
}

async function rowsOf(table: string): Promise<number> {
  const { body } = await service.api('POST', '/sql', { query: `SELECT count(*) FROM ${table}` });
  return body.rows[0][0];
}

describe('answers that are too large', () => {
  it.each([
    ['a zip bomb of 2 GiB', { kind: 'zip_bomb' }],
    ['an answer of 1 GiB', { kind: 'oversized' }],
  ] as const)('cost neither memory nor tables: %s', { timeout: 60_000 }, async (_what, fault) => {
    const table = `raw.chart_${DAILY}`;
    const rows = await rowsOf(table);
    service.simulator.setFault(DAILY, fault);
    let run: { id: string; status: string } | undefined;
    const growth = await growthDuring(async () => {
      run = await runToEnd(service, sourceId);
    });
    service.simulator.setFault(DAILY, null);
    expect(growth).toBeLessThan(150);
    expect(run?.status).toBe('partial');
    const results = await resultsOf(run ?? { id: '' });
    expect(results[`chart_${DAILY}`]).toMatchObject({
      status: 'failed',
      error: {
        code: expect.stringMatching(/^(report_too_large|not_a_chart_report|report_malformed)$/),
      },
    });
    expect(results[`chart_${OTHER}`].error).toBe(null);
    expect(await rowsOf(table)).toBe(rows);
  });
});

describe('other hosts', () => {
  it('are not asked because Amplitude says so', async () => {
    service.simulator.setFault(DAILY, { kind: 'redirect', location: `${elsewhereUrl}/steal` });
    const run = await runToEnd(service, sourceId);
    service.simulator.setFault(DAILY, null);
    expect(run.status).toBe('partial');
    expect(elsewhere).toEqual([]);
  });

  it('cannot be configured by anybody', async () => {
    const account = accountOf(service.simulator, [DAILY]);
    for (const more of [
      { base_url: elsewhereUrl },
      { baseUrl: elsewhereUrl },
      { url: elsewhereUrl },
      { host: elsewhereUrl },
      { proxy: elsewhereUrl },
      { CHARTLIFT_AMPLITUDE_BASE_URL: elsewhereUrl },
      { region: elsewhereUrl },
      { region: '127.0.0.1' },
      { region: 'us@127.0.0.1' },
      { chart_ids: `${elsewhereUrl}/chart/${DAILY}` },
      { chart_ids: [`http://169.254.169.254/chart/${DAILY}`] },
      { chart_ids: `https://amplitude.com@127.0.0.1/chart/${DAILY}` },
      { chart_ids: `https://amplitude.com.evil.example/chart/${DAILY}` },
      { chart_ids: `https://evilamplitude.com/x/chart/${DAILY}` },
      { chart_ids: `//127.0.0.1/chart/${DAILY}` },
      { chart_ids: '../../../simulator/stats' },
      { chart_ids: `${DAILY}/../../../x` },
      { chart_ids: `${DAILY}?x=1#` },
      { chart_ids: `${DAILY}%2f..%2f..` },
      { chart_ids: '\u2025/x' },
      { api_key: 'a:b@127.0.0.1/', chart_ids: 'a/b' },
    ]) {
      const { status } = await service.api('POST', '/validations', {
        connector: 'amplitude',
        config: { ...account, ...more },
      });
      expect([JSON.stringify(more), status]).toEqual([JSON.stringify(more), 422]);
      const forSource = await service.api('POST', `/sources/${sourceId}/validations`, {
        config: more,
      });
      expect([JSON.stringify(more), forSource.status]).toEqual([JSON.stringify(more), 422]);
    }
    expect(elsewhere).toEqual([]);
  });

  it('cannot be smuggled into keys, which are header fields', async () => {
    for (const api_key of ['a\r\nHost: evil', 'a\nX: 1', 'ключ', 'a:b:c', 'a'.repeat(90_000)]) {
      const account = { ...accountOf(service.simulator, [DAILY]), api_key };
      const { body, status } = await service.api('POST', '/validations', {
        connector: 'amplitude',
        config: account,
      });
      if (status === 422) continue;
      expect((await endOfValidation(service.api, body.id)).status).toBe('failed');
    }
    expect(elsewhere).toEqual([]);
  });

  it('are named by no setting that requests can change', async () => {
    const editor = service.as(await tokenOf(service, 'admin'));
    for (const path of ['/settings', '/config', '/environment', '/connectors/amplitude']) {
      for (const method of ['POST', 'PUT', 'PATCH']) {
        const { status } = await editor(method, path, {
          json: { base_url: elsewhereUrl, CHARTLIFT_AMPLITUDE_BASE_URL: elsewhereUrl },
        });
        expect(status).toBe(404);
      }
    }
    const changed = await editor('PATCH', `/sources/${sourceId}`, {
      json: { config: { base_url: elsewhereUrl } },
    });
    expect(changed.status).toBe(422);
  });
});
