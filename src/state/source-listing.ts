import { type RawBuilder, sql } from 'kysely';
import { ChartliftError } from '../errors.ts';
import type { Database } from './database.ts';
import { containing, foldText } from './fold-text.ts';
import type { Dialect } from './migrations/migration.ts';
import type { Page, PageRequest } from './page.ts';
import type { RunStatus } from './run-record.ts';
import { runOf } from './run-rows.ts';
import type { SourceListing } from './source-record.ts';
import { sourceOf } from './source-rows.ts';

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

/**
 * Sources by name, with what a list shows of each. Three statements, whatever the number of sources; each
 * walks an index over the sources of the page, never all runs.
 *
 * @throws ChartliftError `request_invalid` for a cursor that no page gave
 */
export async function listSources(
  database: Database,
  filter: SourceFilter,
): Promise<Page<SourceListing>> {
  const { text, connector, status, paused, limit, cursor } = filter;
  let query = database.db.selectFrom('sources').selectAll('sources');
  if (text) {
    const pattern = containing(foldText(text));
    query = query.where(sql<boolean>`search_text like ${pattern} escape '\\'`);
  }
  if (connector !== undefined) query = query.where('connector', '=', connector);
  if (paused !== undefined) query = query.where('paused', '=', paused ? 1 : 0);
  if (status !== undefined) {
    query = query.where(
      (from) =>
        from
          .selectFrom('runs')
          .select('runs.status')
          .whereRef('runs.source_id', '=', 'sources.id')
          .orderBy('runs.id', 'desc')
          .limit(1),
      '=',
      status,
    );
  }
  if (cursor !== undefined) query = query.where('name_key', '>', nameOf(cursor));
  const rows = await query
    .orderBy('name_key')
    .limit(limit + 1)
    .execute();
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  const details = await detailsOf(
    database,
    shown.map(({ id }) => id),
  );
  return {
    items: shown.map((row) => ({ ...sourceOf(row), ...details(row.id) })),
    nextCursor: last === undefined ? null : cursorOf(last.name_key),
  };
}

type Details = Pick<SourceListing, 'selectedStreams' | 'lastRun' | 'recentRuns'>;

async function detailsOf(
  { db, dialect }: Database,
  ids: readonly string[],
): Promise<(sourceId: string) => Details> {
  if (ids.length === 0) return () => NOTHING;
  const rows = await db
    .selectFrom('sources')
    .select((from) => [
      'sources.id',
      from
        .selectFrom('streams')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .whereRef('streams.source_id', '=', 'sources.id')
        .where('selected', '=', 1)
        .as('selected'),
      recentRuns(dialect).as('recent'),
    ])
    .where('sources.id', 'in', ids)
    .execute();
  const found = rows.map(({ id, selected, recent }) => {
    return { id, selectedStreams: selected ?? 0, recentRuns: readRecent(recent) };
  });
  const lastIds = found.flatMap(({ recentRuns: [last] }) => (last === undefined ? [] : [last.id]));
  const lastRuns =
    lastIds.length === 0
      ? []
      : await db.selectFrom('runs').selectAll().where('id', 'in', lastIds).execute();
  const lastRunOf = new Map(lastRuns.map((row) => [row.source_id, runOf(row)]));
  const details = new Map(
    found.map(({ id, selectedStreams, recentRuns }) => {
      return [id, { selectedStreams, lastRun: lastRunOf.get(id) ?? null, recentRuns }];
    }),
  );
  return (sourceId) => details.get(sourceId) ?? NOTHING;
}

const NOTHING: Details = { selectedStreams: 0, lastRun: null, recentRuns: [] };

/**
 * The latest runs of a source, the newest first, as one JSON text: to make an object of each of five hundred
 * rows takes longer than all else that a list asks.
 */
function recentRuns(dialect: Dialect): RawBuilder<string> {
  const latest = sql`(select id, status, started_at, ended_at from runs
    where runs.source_id = sources.id order by id desc limit ${sql.lit(RECENT_RUNS)}) as latest`;
  return dialect === 'sqlite'
    ? sql`(select json_group_array(json_array(id, status, started_at, ended_at) order by id desc) from ${latest})`
    : sql`(select coalesce(json_agg(json_build_array(id, status, started_at, ended_at) order by id desc), '[]')::text from ${latest})`;
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
