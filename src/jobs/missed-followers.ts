import type { SourceListing } from '../state/source-record.ts';
import type { SourceStore } from '../state/sources.ts';

/** A source that was to run after another one, and did not. */
export interface MissedFollower {
  readonly id: string;
  /** What the source is called that it comes after. */
  readonly after: string;
}

const PAGE = 200;

/**
 * Sources that were to run after the last success of another one but did not, because the process died
 * between the end of that run and the queueing of theirs.
 */
export async function missedFollowers(sources: SourceStore): Promise<readonly MissedFollower[]> {
  const all = new Map<string, SourceListing>();
  let cursor: string | undefined;
  do {
    const page = await sources.list({ limit: PAGE, ...(cursor === undefined ? {} : { cursor }) });
    for (const source of page.items) all.set(source.id, source);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return [...all.values()].flatMap((source) => {
    if (source.paused || source.trigger.type !== 'after') return [];
    const before = all.get(source.trigger.source_id);
    return before !== undefined && hasMissed(source, before)
      ? [{ id: source.id, after: before.name }]
      : [];
  });
}

/**
 * A run of its own that ended later has either come after it, or stood for it; and what has been changed
 * since may not have run after it then.
 */
function hasMissed(source: SourceListing, before: SourceListing): boolean {
  const success = before.lastRun;
  if (success?.status !== 'success' || success.endedAt === null) return false;
  const own = source.lastRun;
  if (own !== null && (own.endedAt === null || own.endedAt >= success.endedAt)) return false;
  return source.updatedAt < success.endedAt;
}
