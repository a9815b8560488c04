import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { EXPORT_FORMATS } from '../../src/catalog/export/export-rows.ts';
import { createSource, runToEnd } from '../service/running-service.ts';
import { type AttackedService, attackedService, DAILY, tokenOf } from './attacked-service.ts';

let service: AttackedService;
/** As a viewer: whoever may query at all. */
let ask: ReturnType<AttackedService['as']>;
let aimed: (attack: string) => string;
let requests = 0;

const server = createServer((_, response) => {
  requests += 1;
  response.end('a\n1\n');
});

beforeAll(async () => {
  service = await attackedService();
  const source = await createSource(service, [DAILY]);
  await runToEnd(service, source.id);
  ask = service.as(await tokenOf(service, 'viewer'));
  const outside = join(service.directory, 'outside');
  await mkdir(outside);
  await writeFile(join(outside, 'secret.csv'), 'a\nthe secret\n');
  const table = join(service.home, 'lake', 'raw', `chart_${DAILY}`);
  const data = (await readdir(table)).find((name) => name.endsWith('.parquet')) ?? '';
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  aimed = (attack) =>
    attack
      .replaceAll('<out>', outside)
      .replaceAll('<home>', service.home)
      .replaceAll('<data>', join(table, data))
      .replaceAll('<table>', `raw.chart_${DAILY}`)
      .replaceAll('<host>', `127.0.0.1:${port}`);
});

afterAll(async () => {
  await service.stop();
  server.close();
});

/** The catalog's own tests have many more; these are one of each kind, and those that aim at the service. */
const attacks = [
  "SELECT * FROM read_csv('<out>/secret.csv')",
  "SELECT * FROM read_text('<home>/secret.key')",
  "SELECT * FROM read_blob('<home>/secret.key')",
  "SELECT * FROM read_text('/proc/self/environ')",
  "SELECT * FROM read_text('/proc/self/cmdline')",
  "SELECT * FROM sqlite_scan('<home>/chartlift.db', 'sources')",
  "ATTACH '<home>/chartlift.db' AS state (TYPE sqlite)",
  "ATTACH '<home>/chartlift.db'",
  "SELECT * FROM postgres_scan('host=127.0.0.1', 'public', 'users')",
  "SELECT * FROM glob('<home>/*')",
  "SELECT * FROM '<home>/secret.key'",
  "SELECT * FROM '<out>/secret.csv'",
  "SELECT * FROM '<home>/lake/raw/*/*.parquet'",
  "SELECT * FROM '<home>/lake/raw/../../../outside/secret.csv'",
  "SELECT * FROM read_parquet('<data>')",
  "SELECT * FROM 'http://<host>/x.csv'",
  "SELECT * FROM read_parquet('http://<host>/x.parquet')",
  "SELECT * FROM 's3://bucket/x.parquet'",
  'INSTALL httpfs',
  'LOAD httpfs',
  "INSTALL x FROM 'http://<host>'",
  "SELECT getenv('CHARTLIFT_API_TOKEN')",
  'SELECT * FROM duckdb_settings()',
  'SELECT * FROM duckdb_secrets()',
  'SELECT * FROM duckdb_extensions()',
  "SELECT current_setting('secret_directory')",
  "SELECT * FROM query('FROM read_text(''<home>/secret.key'')')",
  "SELECT * FROM query_table('<home>/secret.key')",
  "COPY (SELECT 1) TO '<out>/x.csv'",
  "COPY (SELECT 1) TO '<data>' (FORMAT parquet)",
  "EXPLAIN ANALYZE COPY (SELECT 1) TO '<out>/x.csv'",
  "EXPORT DATABASE '<out>/all'",
  'DELETE FROM <table>',
  'UPDATE <table> SET value = 0',
  'INSERT INTO <table> SELECT * FROM <table>',
  'DROP VIEW <table>',
  'CREATE VIEW raw.x AS SELECT 1',
  'CREATE OR REPLACE VIEW <table> AS SELECT 1',
  'DELETE FROM chartlift.runs',
  'CREATE SECRET (TYPE s3, KEY_ID 1, SECRET 2)',
  'SET enable_external_access = true',
  'SET lock_configuration = false',
  "PRAGMA enable_profiling = 'json'",
  'PRAGMA database_list',
  "SELECT 1; COPY (SELECT 1) TO '<out>/x.csv'",
  "SELECT 1) TO '<out>/x.csv'; --",
  'CALL pragma_version()',
  'CHECKPOINT',
];

async function fingerprint(): Promise<string> {
  const hash = createHash('sha256');
  for (const part of ['data/lake', 'outside']) {
    const root = join(service.directory, part);
    const entries = await readdir(root, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map((e) => join(e.parentPath, e.name));
    for (const file of files.sort()) hash.update(file).update(await readFile(file));
  }
  return hash.digest('hex');
}

/** What went through; whatever was refused must not tell what it found. */
async function passedAttacks(path: string, fields: object): Promise<string[]> {
  const key = (await readFile(join(service.home, 'secret.key'), 'utf8')).trim();
  const passed: string[] = [];
  // The formats differ in nothing before the first row.
  const list = path === '/sql' ? attacks : attacks.filter((_, index) => index % 5 === 0);
  for (const attack of list) {
    const query = aimed(attack);
    const { status, json, text } = await ask('POST', path, { json: { query, ...fields } });
    const refused = status === 422 && /^sql_(refused|failed)$/.test(json.code);
    if (!refused || text.includes('the secret') || text.includes(key.slice(-20))) {
      passed.push(`${attack}: ${status} ${text.slice(0, 200)}`);
    }
  }
  return passed;
}

describe('SQL reads and writes nothing but the tables', () => {
  it.each(['/sql', ...EXPORT_FORMATS])('through %s', async (way) => {
    const before = await fingerprint();
    const passed =
      way === '/sql'
        ? await passedAttacks('/sql', {})
        : await passedAttacks('/sql/export', { format: way });
    expect(passed).toEqual([]);
    expect(await fingerprint()).toBe(before);
    expect(requests).toBe(0);
  });

  it('whatever versions are asked for', async () => {
    for (const name of ['../outside.secret', "raw.x'; DROP", 'chartlift.runs', '.']) {
      const { status } = await ask('POST', '/sql', {
        json: { query: 'SELECT 1', versions: { [name]: 0 } },
      });
      expect([400, 404, 422]).toContain(status);
    }
  });

  it('and knows of its own facts only what is told', async () => {
    const { json } = await ask('POST', '/sql', {
      json: {
        query: `SELECT schema_name || '.' || table_name FROM duckdb_tables()
                UNION ALL SELECT schema_name || '.' || view_name FROM duckdb_views() WHERE NOT internal
                ORDER BY 1`,
      },
    });
    const names = json.rows?.flat() ?? [];
    expect(names.filter((name: string) => /user|token|session|secret|audit/.test(name))).toEqual(
      [],
    );
  });
});

describe('SQL leaves the service its memory and its threads', () => {
  /** Works until its time is up, on every core. */
  const endless =
    'SELECT count(*) FROM range(300000) a, range(300000) b WHERE hash(a.range, b.range) % 7 = 3';
  /** Holds its thread of Node.js just as long, and leaves the machine to others: each half sleeps in a thread. */
  const half = 'SELECT sleep_ms(range) AS ms FROM range(600000, 700000)';
  const idle = `SELECT count(ms) FROM (${half} UNION ALL ${half})`;

  it('while many long queries run', { timeout: 60_000 }, async () => {
    const long = (query: string, seconds: number) =>
      ask('POST', '/sql', { json: { query, time_limit_seconds: seconds } });
    // Two are at work at once; the first ones have the longer time, so that the others here end before them.
    const queries = [long(idle, 2), long(idle, 2), long(endless, 1), long(idle, 1), long(idle, 1)];
    const anyEnded = Promise.race(queries).then(() => 'a query has ended');
    await new Promise((resolve) => setTimeout(resolve, 300));
    const others = Promise.all([ask('GET', '/layers'), ask('GET', '/sources')]);
    const statuses = others.then((answers) => answers.map(({ status }) => status));
    expect(await Promise.race([statuses, anyEnded])).toEqual([200, 200]);
    const ended = await Promise.all(queries);
    expect(ended.map(({ json }) => json.code)).toEqual(Array(5).fill('sql_time_limit'));
  });

  it('while nobody reads many exports', { timeout: 60_000 }, async () => {
    const gone = new AbortController();
    const token = await tokenOf(service, 'viewer');
    const dawdle = () =>
      fetch(`${service.url}/api/v1/sql/export`, {
        method: 'POST',
        headers: {
          Authorization: `Bearer ${token}`,
          'Content-Type': 'application/json',
        },
        body: JSON.stringify({
          query: "SELECT repeat('x', 200) AS x FROM range(1000000)",
          format: 'csv',
        }),
        signal: gone.signal,
      });
    // Kept to the end: fetch lets go of an answer that is garbage, and its place would be free again.
    const answers = await Promise.all(Array.from({ length: 40 }, dawdle));
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(8);
    expect((await ask('GET', '/layers')).status).toBe(200);
    gone.abort();
    expect(answers).toHaveLength(40);
    await expect
      .poll(async () => (await ask('POST', '/sql', { json: { query: 'SELECT 1' } })).status, {
        timeout: 10_000,
      })
      .toBe(200);
  });

  it.each([
    ['one text', "SELECT repeat('x', 34000000)"],
    ['many texts', "SELECT repeat('x', 10000) FROM range(10000)"],
    ['lists', 'SELECT range(1000) FROM range(20000)'],
  ])('by a limit of what an answer holds: %s', async (_what, query) => {
    const { status, json } = await ask('POST', '/sql', { json: { query, limit: 100_000 } });
    expect({ status, code: json.code }).toEqual({ status: 422, code: 'sql_failed' });
  });

  it('by a limit of memory', async () => {
    const query = 'SELECT list(repeat(range::VARCHAR, 1000)) FROM range(2000000000)';
    const { status, json } = await ask('POST', '/sql', { json: { query, time_limit_seconds: 20 } });
    expect(status).toBe(422);
    expect(json.code).toMatch(/^sql_(failed|time_limit)$/);
  });

  it.each([
    ['brackets', `SELECT ${'['.repeat(900)}${']'.repeat(900)}`],
    ['parentheses', `SELECT ${'('.repeat(40_000)}1${')'.repeat(40_000)}`],
    ['sums', `SELECT 1${'+1'.repeat(45_000)}`],
    ['subqueries', `SELECT * FROM ${'(SELECT * FROM '.repeat(3000)}x${')'.repeat(3000)}`],
    ['comments', `explain ${'/*'.repeat(49_000)}`],
  ])('against nesting of %s', async (_what, query) => {
    const started = performance.now();
    const { status, json } = await ask('POST', '/sql', { json: { query } });
    expect(performance.now() - started).toBeLessThan(3000);
    expect({ status, code: json.code }).toEqual({ status: 422, code: 'sql_failed' });
  });
});

describe('a result that is not whole is never given as one', () => {
  const failingAt = (row: number) =>
    `SELECT CASE WHEN range = ${row} THEN error('late') ELSE 'x' END AS x FROM range(1000000)`;
  /** More than 122,880, which the engine holds back, and 65,536, which Arrow does: the answer has begun by then. */
  const late = 150_000;
  const failing = failingAt(late);
  const endless = `SELECT range, CASE WHEN range >= ${late} THEN sleep_ms(range) END AS ms
                   FROM range(10000000000)`;

  const exported = async (query: string, format: string) => {
    const response = await fetch(`${service.url}/api/v1/sql/export`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${await tokenOf(service, 'viewer')}`,
        'Content-Type': 'application/json',
      },
      body: JSON.stringify({ query, format, time_limit_seconds: 1 }),
    });
    return { status: response.status, body: response.arrayBuffer() };
  };

  it.each(EXPORT_FORMATS)('in an export as %s', async (format) => {
    for (const query of [failing, endless]) {
      const { status, body } = await exported(query, format);
      // Parquet begins with nothing that could be sent before the end.
      expect(status).toBe(format === 'parquet' ? 422 : 200);
      if (status === 200) await expect(body).rejects.toThrow();
      else await body;
    }
  });

  it('and is a line of the log, with the id of the request, not text on standard error', async () => {
    const printed = vi.spyOn(console, 'error');
    const before = service.log.length;
    const { body } = await exported(failing, 'csv');
    await expect(body).rejects.toThrow();
    const broken = service.log.slice(before).filter((line) => line.includes('an export broke off'));
    expect(broken.map((line) => JSON.parse(line))).toMatchObject([
      { level: 'warn', request_id: expect.any(String), err: { code: 'sql_failed' } },
    ]);
    expect(printed).not.toHaveBeenCalled();
    printed.mockRestore();
  });

  it('in an answer', async () => {
    const { json } = await ask('POST', '/sql', {
      json: { query: `SELECT * FROM (${failingAt(90_000)}) WHERE x IS NOT NULL`, limit: 100_000 },
    });
    expect(json.code).toBe('sql_failed');
    const never = 'SELECT range FROM range(600000, 700000) WHERE sleep_ms(range) IS NOT NULL';
    const stopped = await ask('POST', '/sql', {
      json: { query: `${never} UNION ALL ${never}`, limit: 100_000, time_limit_seconds: 1 },
    });
    expect(stopped.json.code).toBe('sql_time_limit');
  });
});
