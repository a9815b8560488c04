import { type ExpressionBuilder, type RawBuilder, sql } from 'kysely';
import { ChartliftError } from '../errors.ts';
import type { Database } from './database.ts';
import { containing, foldText } from './fold-text.ts';
import type { Dialect } from './migrations/migration.ts';
import type { Page, PageRequest } from './page.ts';
import type { RunStatus } from './run-record.ts';
import { runOf } from './run-rows.ts';
import type { SourceListing } from './source-record.ts';
import { sourceOf } from './source-rows.ts';
import type { Tables } from './tables.ts';

/** Which sources a list shows. */
export interface SourceFilter extends PageRequest {
  /** Part of the name or the description, in any case. */
  readonly text?: string | undefined;
  readonly connector?: string | undefined;
  /** Of the latest run. */
  readonly status?: RunStatus | undefined;
  readonly paused?: boolean | undefined;
}

/** Latest runs of each source that a list shows. */
const RECENT_RUNS = 10;

/** Sources that are kept in memory as lists show them; each takes some 5 kB. */
const KEPT_SOURCES = 2_000;

/** A source as a list showed it, and what `stateOf` said of it then. */
interface Shown {
  readonly state: string;
  readonly listing: SourceListing;
}

/**
 * Lists of sources. What they show of each is kept in memory, and made anew only where a source, its streams or
 * its runs have changed: whoever looks at a list again, or all the time, costs little.
 */
export class SourceLists {
  readonly #database: Database;
  /** By source, those first that no list has shown for longest. */
  readonly #shown = new Map<string, Shown>();

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * Sources by name. One statement, and two more where sources have changed; each walks an index over the
   * sources of the page, never all runs.
   *
   * @throws ChartliftError `request_invalid` for a cursor that no page gave
   */
  async list(filter: SourceFilter): Promise<Page<SourceListing>> {
    const rows = await states(this.#database, filter);
    const page = rows.slice(0, filter.limit);
    const last = rows.length > filter.limit ? page.at(-1) : undefined;
    const known = page.map((row) => this.#recall(row));
    const changed = page.filter((_, place) => known[place] === undefined);
    const made = await show(this.#database, changed);
    for (const row of changed) {
      const listing = made.get(row.id);
      if (listing !== undefined) this.#keep(row.id, { state: stateOf(row), listing });
    }
    return {
      // A source that has been deleted since the first statement is in no list.
      items: page.flatMap(({ id }, place) => known[place] ?? made.get(id) ?? []),
      nextCursor: last === undefined ? null : cursorOf(last.name_key),
    };
  }

  #recall(row: StateRow): SourceListing | undefined {
    const shown = this.#shown.get(row.id);
    if (shown === undefined || shown.state !== stateOf(row)) return undefined;
    this.#keep(row.id, shown);
    return shown.listing;
  }

  #keep(id: string, shown: Shown): void {
    // A map keeps the order of insertion.
    this.#shown.delete(id);
    this.#shown.set(id, shown);
    if (this.#shown.size <= KEPT_SOURCES) return;
    const [oldest] = this.#shown.keys();
    if (oldest !== undefined) this.#shown.delete(oldest);
  }
}

type StateRow = Awaited<ReturnType<typeof states>>[number];

/** By name, one more than the page has. */
function states({ db, dialect }: Database, filter: SourceFilter) {
  const { text, connector, status, paused, limit, cursor } = filter;
  let query = db.selectFrom('sources');
  if (text) {
    const pattern = containing(foldText(text));
    query = query.where(sql<boolean>`search_text like ${pattern} escape '\\'`);
  }
  if (connector !== undefined) query = query.where('connector', '=', connector);
  if (paused !== undefined) query = query.where('paused', '=', paused ? 1 : 0);
  if (status !== undefined) {
    query = query.where((from) => lastRun(from).select('runs.status'), '=', status);
  }
  if (cursor !== undefined) query = query.where('name_key', '>', nameOf(cursor));
  return query
    .select((from) => [
      'id',
      'name_key',
      'revision',
      'next_run_at',
      from
        .selectFrom('streams')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .whereRef('streams.source_id', '=', 'sources.id')
        .where('selected', '=', 1)
        .as('selected'),
      runStates(dialect).as('runs'),
    ])
    .orderBy('name_key')
    .limit(limit + 1)
    .execute();
}

function lastRun(from: ExpressionBuilder<Tables, 'sources'>) {
  return from
    .selectFrom('runs')
    .whereRef('runs.source_id', '=', 'sources.id')
    .orderBy('runs.id', 'desc')
    .limit(1);
}

/** Another text whenever one of the latest runs is another one, or a run changes: what has ended stays as it is. */
function runStates(dialect: Dialect): RawBuilder<string | null> {
  const all = dialect === 'sqlite' ? sql`group_concat` : sql`string_agg`;
  return sql`(select ${all}(id || status || attempt, ' ') from ${latestRuns('id, status, attempt')})`;
}

/**
 * The latest runs of a source, the newest first, as one JSON text: to make an object of each of five hundred
 * rows takes longer than all else that a list asks.
 */
function recentRuns(dialect: Dialect): RawBuilder<string> {
  const latest = latestRuns('id, status, started_at, ended_at');
  return dialect === 'sqlite'
    ? sql`(select json_group_array(json_array(id, status, started_at, ended_at) order by id desc) from ${latest})`
    : sql`(select coalesce(json_agg(json_build_array(id, status, started_at, ended_at) order by id desc), '[]')::text from ${latest})`;
}

function latestRuns(columns: string): RawBuilder<unknown> {
  return sql`(select ${sql.raw(columns)} from runs
    where runs.source_id = sources.id order by id desc limit ${sql.lit(RECENT_RUNS)}) as latest`;
}

/** Another text whenever what a list shows of a source is something else; what people change makes a revision. */
function stateOf({ revision, next_run_at, selected, runs }: StateRow): string {
  return `${revision} ${next_run_at} ${selected} ${runs}`;
}

/** Reads what a list shows. What has changed since the states were read, the next list finds changed. */
async function show(
  { db, dialect }: Database,
  changed: readonly StateRow[],
): Promise<ReadonlyMap<string, SourceListing>> {
  if (changed.length === 0) return new Map();
  const rows = await db
    .selectFrom('sources')
    .selectAll()
    .select(recentRuns(dialect).as('recent'))
    .where(
      'id',
      'in',
      changed.map(({ id }) => id),
    )
    .execute();
  const found = new Map(rows.map((row) => [row.id, { row, recentRuns: readRecent(row.recent) }]));
  const lastIds = [...found.values()].flatMap(({ recentRuns: [last] }) => last?.id ?? []);
  const runs =
    lastIds.length === 0
      ? []
      : await db.selectFrom('runs').selectAll().where('id', 'in', lastIds).execute();
  const lastRuns = new Map(runs.map((row) => [row.source_id, runOf(row)]));
  return new Map(
    changed.flatMap(({ id, next_run_at, selected }) => {
      const source = found.get(id);
      if (source === undefined) return [];
      const { sealedSecrets: _, limitGroup: __, ...shown } = sourceOf(source.row);
      const listing: SourceListing = {
        ...shown,
        nextRunAt: next_run_at,
        selectedStreams: selected ?? 0,
        lastRun: lastRuns.get(id) ?? null,
        recentRuns: source.recentRuns,
      };
      return [[id, listing] as const];
    }),
  );
}

function readRecent(json: string): SourceListing['recentRuns'] {
  const runs: readonly [string, RunStatus, string | null, string | null][] = JSON.parse(json);
  return runs.map(([id, status, startedAt, endedAt]) => ({ id, status, startedAt, endedAt }));
}

function cursorOf(nameKey: string): string {
  return Buffer.from(`n:${nameKey}`).toString('base64url');
}

function nameOf(cursor: string): string {
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  // What a page gave out reads back as it was; anything else was made or cut by somebody.
  if (text.startsWith('n:') && cursorOf(text.slice(2)) === cursor && !text.includes('\0')) {
    return text.slice(2);
  }
  throw new ChartliftError(
    'request_invalid',
    'The cursor is none that a page gave.',
    'Leave it out for the first page; then send next_cursor as it came.',
  );
}
