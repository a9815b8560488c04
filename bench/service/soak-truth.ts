import type { ServiceProcess } from './service-process.ts';

interface Page<Item> {
  readonly items: readonly Item[];
  readonly next_cursor: string | null;
}

interface Run {
  readonly id: string;
  readonly status: string;
  readonly started_at: string | null;
  readonly ended_at: string | null;
  readonly error: { readonly code: string } | null;
  readonly results: readonly {
    readonly stream: string;
    readonly table: string;
    readonly status: string;
    readonly version: number | null;
    readonly rows: number | null;
    readonly error: { readonly code: string } | null;
  }[];
}

interface Table {
  readonly layer: string;
  readonly name: string;
  readonly rows: number | null;
  readonly error: { readonly code: string } | null;
}

/**
 * Compares what runs say with what the lake holds: each status with the results of its streams, the
 * versions that results name with those that tables have, the rows of each table with what SQL reads.
 */
export async function findUntruths(
  service: ServiceProcess,
  sources: readonly string[],
): Promise<{ readonly untruths: string[]; readonly counts: Readonly<Record<string, number>> }> {
  const untruths: string[] = [];
  const counts: Record<string, number> = {};
  const written = new Map<string, number[]>();
  for (const { id } of await all<{ id: string }>(service, '/runs?limit=200')) {
    const run = await service.api<Run>('GET', `/runs/${id}`);
    counts[run.status] = (counts[run.status] ?? 0) + 1;
    const untruth = untruthOf(run);
    if (untruth !== null) untruths.push(`run ${id} (${run.status}): ${untruth}`);
    for (const { status, table, version } of run.results) {
      if (status !== 'success' || version === null) continue;
      written.set(table, [...(written.get(table) ?? []), version]);
    }
  }
  const tables = await all<Table>(service, '/tables?limit=200');
  if (tables.length === 0 || sources.length === 0) untruths.push('there is no table');
  for (const { layer, name, rows, error } of tables) {
    const table = `${layer}.${name}`;
    if (error !== null) untruths.push(`${table}: ${error.code}`);
    const path = `/tables/${layer}/${name}/versions`;
    const versions = (await all<{ version: number }>(service, path)).map(({ version }) => version);
    const told = (written.get(table) ?? []).toSorted((a, b) => a - b);
    const there = versions.toSorted((a, b) => a - b);
    if (told.join() !== there.join()) {
      untruths.push(`${table} has versions ${there.join()}, results say ${told.join()}`);
    }
    const query = `SELECT count(*) FROM (SELECT * FROM ${layer}.${name})`;
    const sql = await service.ask('POST', '/sql', { query });
    const [[count] = []] = sql.status === 200 ? JSON.parse(sql.text).rows : [];
    if (Number(count) !== rows) untruths.push(`${table}: SQL reads ${sql.text.slice(0, 200)}`);
  }
  return { untruths, counts };
}

/** What about a run cannot be; null: nothing. */
function untruthOf({ status, started_at, ended_at, error, results }: Run): string | null {
  if (ended_at === null) return 'has no end';
  const failed = results.filter((result) => result.status === 'failed');
  const whole = results.filter((result) => result.status !== 'failed');
  if (failed.some((result) => result.error === null)) return 'a stream failed without a word';
  if (whole.some(({ version, rows }) => version === null || rows === null)) {
    return 'a stream succeeded without a version';
  }
  switch (status) {
    case 'success':
      if (started_at === null) return 'never began';
      return whole.length > 0 && failed.length === 0 ? null : 'not every stream succeeded';
    case 'partial':
      return whole.length > 0 && failed.length > 0 ? null : 'not some streams failed';
    case 'failed':
      return error !== null || (failed.length > 0 && whole.length === 0) ? null : 'nothing failed';
    case 'canceled':
      return null;
    default:
      return 'is no end';
  }
}

async function all<Item>(service: ServiceProcess, path: string): Promise<Item[]> {
  const items: Item[] = [];
  for (let cursor = ''; ; ) {
    const page = await service.api<Page<Item>>('GET', `${path}${cursor}`);
    items.push(...page.items);
    if (!page.next_cursor) return items;
    cursor = `&cursor=${encodeURIComponent(page.next_cursor)}`;
  }
}
