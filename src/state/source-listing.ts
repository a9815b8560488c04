import { sql } from 'kysely';
import { ChartliftError } from '../errors.ts';
import type { Database } from './database.ts';
import { containing, foldText } from './fold-text.ts';
import type { Page, PageRequest } from './page.ts';
import type { RunRecord, RunStatus } from './run-record.ts';
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
 * Sources by name, with what a list shows of each. Four statements, whatever the number of sources; each
 * walks an index over the sources of the page, never all runs.
 *
 * @throws ChartliftError `request_invalid` for a cursor that no page gave
 */
export async function listSources(
  { db }: Database,
  filter: SourceFilter,
): Promise<Page<SourceListing>> {
  const { text, connector, status, paused, limit, cursor } = filter;
  let query = db.selectFrom('sources').selectAll('sources');
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
    db,
    shown.map(({ id }) => id),
  );
  return {
    items: shown.map((row) => ({ ...sourceOf(row), ...details(row.id) })),
    nextCursor: last === undefined ? null : cursorOf(last.name_key),
  };
}

/** The tenth latest run of a source, where there are as many: the walk over the index ends there. */
const oldestRecent = sql<string>`coalesce((select other.id from runs as other
  where other.source_id = sources.id order by other.id desc limit 1 offset ${sql.lit(RECENT_RUNS - 1)}), '')`;

type Details = Pick<SourceListing, 'selectedStreams' | 'lastRun' | 'recentRuns'>;

async function detailsOf(
  db: Database['db'],
  ids: readonly string[],
): Promise<(sourceId: string) => Details> {
  if (ids.length === 0) return () => ({ selectedStreams: 0, lastRun: null, recentRuns: [] });
  const counts = await db
    .selectFrom('streams')
    .select(({ fn }) => ['source_id', fn.countAll<number>().as('count')])
    .where('source_id', 'in', ids)
    .where('selected', '=', 1)
    .groupBy('source_id')
    .execute();
  const recent = await db
    .selectFrom((from) =>
      from
        .selectFrom('sources')
        .select(['sources.id', oldestRecent.as('oldest')])
        .where('sources.id', 'in', ids)
        // Keeps PostgreSQL from asking for the oldest of each source again for each of its runs.
        .limit(ids.length)
        .as('shown'),
    )
    .innerJoin('runs', 'runs.source_id', 'shown.id')
    .select([
      'runs.id',
      'runs.source_id as sourceId',
      'runs.status',
      'runs.started_at as startedAt',
      'runs.ended_at as endedAt',
    ])
    .whereRef('runs.id', '>=', 'shown.oldest')
    .orderBy('runs.id', 'desc')
    .execute();
  const recentOf = Map.groupBy(recent, ({ sourceId }) => sourceId);
  const lastIds = [...recentOf.values()].flatMap(([first]) => (first ? [first.id] : []));
  const lastRuns = new Map<string, RunRecord>();
  if (lastIds.length > 0) {
    const rows = await db.selectFrom('runs').selectAll().where('id', 'in', lastIds).execute();
    for (const row of rows) lastRuns.set(row.source_id, runOf(row));
  }
  const selected = new Map(counts.map(({ source_id, count }) => [source_id, count]));
  return (sourceId) => ({
    selectedStreams: selected.get(sourceId) ?? 0,
    lastRun: lastRuns.get(sourceId) ?? null,
    recentRuns: (recentOf.get(sourceId) ?? []).map(({ id, status, startedAt, endedAt }) => {
      return { id, status, startedAt, endedAt };
    }),
  });
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
