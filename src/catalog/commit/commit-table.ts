import { ChartliftError } from '../../errors.ts';
import type { Stream } from '../../stream/stream.ts';
import type { Published } from '../disk/publish-files.ts';
import { hasTable, tableDirectory } from '../lake-directory.ts';
import { countFiles } from '../log/file-counts.ts';
import type { TableSource } from '../log/log-entry.ts';
import { readSnapshot, type Snapshot } from '../log/snapshot.ts';
import { assertWritable, PROTOCOL } from '../log/supported-table.ts';
import { readLabels, type TableLabels } from '../log/table-properties.ts';
import type { StagedContent } from '../stage/content-stager.ts';
import { formatTableId, type TableId } from '../table-id.ts';
import {
  addedFiles,
  bytesOf,
  contentActions,
  labelActions,
  nextMetadata,
} from './commit-actions.ts';
import { type ContentChange, compareContent } from './compare-content.ts';
import { keepRows } from './keep-rows.ts';
import { type CommittedVersion, keepLogShort } from './log-upkeep.ts';
import { Publication } from './publication.ts';
import { assertSameTable, tableMoved } from './same-table.ts';
import type { WriteContext } from './write-context.ts';

/** Tries against other writers before giving up. Each lost try means that somebody else won one. */
const MAX_TRIES = 10;

/** The table that a run writes, and what it shall say of itself. */
export interface TableTarget {
  readonly id: TableId;
  readonly stream: Stream;
  readonly labels: Omit<TableLabels, 'stream'>;
}

/** What is to be committed. */
export interface NewContent {
  readonly staged: StagedContent;
  /** Keys of rows that stay as the table has them, see `StreamContent.keep`. */
  readonly keep: ReadonlySet<string>;
  /** Whether there was a table when the write began. One that is gone by now is not made again. */
  readonly hadTable: boolean;
}

/** What a commit came to. */
export interface CommitOutcome {
  /**
   * - `committed`: a new version with this content;
   * - `relabelled`: a new version, since folder, title or source changed; the rows are the same;
   * - `unchanged`: the table was like this already; no new version.
   */
  readonly status: 'committed' | 'relabelled' | 'unchanged';
  /** The version that holds the content now. */
  readonly version: number;
  readonly rows: number;
  /** Bytes of its data files. */
  readonly bytes: number;
  /** Against the version before; all zero unless `committed`. */
  readonly change: ContentChange;
  /**
   * Why what makes the version fast to read (checksum, checkpoint) could not be written. The
   * version stands all the same, and the next commit tries again.
   */
  readonly upkeepFailure: ChartliftError | null;
}

const NO_CHANGE: ContentChange = { added: 0, removed: 0, changed: 0 };

/**
 * Makes staged content the content of a table, against whatever version the table has by then.
 *
 * @param name tells the commits of one run apart
 * @throws ChartliftError `table_name_taken` when the table belongs to another stream,
 * `table_unsupported`, `table_damaged`, `commit_conflict` when other writers were always faster.
 */
export async function commitTable(
  context: WriteContext,
  target: TableTarget,
  content: NewContent,
  name: string,
): Promise<CommitOutcome> {
  const { id } = target;
  const directory = tableDirectory(context.lake, id);
  const source = { id, directory, duckdb: () => context.connection.get() };
  const publication = new Publication(context, id, directory, name);
  try {
    for (let attempt = 0; attempt < MAX_TRIES; attempt += 1) {
      const tried = await tryToCommit(context, target, content, source, publication);
      if (tried === null) continue;
      const { outcome, made } = tried;
      if (made === null) return { ...outcome, upkeepFailure: null };
      const upkeepFailure = await keepLogShort(
        context,
        source,
        made.committed,
        made.published,
        name,
      );
      await publication.finish();
      return { ...outcome, upkeepFailure };
    }
  } catch (error) {
    // Reading it failed for no other reason than that it was taken away meanwhile.
    const isGone = content.hadTable && !(await hasTable(context.lake, id));
    throw isGone ? tableMoved(id, error) : error;
  } finally {
    await publication.undo();
  }
  throw new ChartliftError(
    'commit_conflict',
    `Other writers changed ${formatTableId(id)} ${MAX_TRIES} times while it was to be committed.`,
    'Run again when they are done; nothing was changed.',
  );
}

/** What one try came to. */
interface Tried {
  readonly outcome: Omit<CommitOutcome, 'upkeepFailure'>;
  /** Null when no new version was needed. */
  readonly made: { readonly committed: CommittedVersion; readonly published: Published } | null;
}

/** One try against the latest version; null when another writer was faster. */
async function tryToCommit(
  context: WriteContext,
  { id, stream, labels }: TableTarget,
  { staged, keep, hadTable }: NewContent,
  source: TableSource,
  publication: Publication,
): Promise<Tried | null> {
  const previous = await readSnapshot(source);
  if (previous) assertOwnTable(previous, id, stream);
  else if (hadTable) throw tableMoved(id);
  const origin = { runId: context.runId, now: commitTime(context.clock.now(), previous) };
  const metadata = nextMetadata(previous, stream, { stream: stream.name, ...labels }, origin.now);
  const kept = previous ? await keepRows(context, previous, staged, stream, keep) : null;
  const content = kept?.content ?? staged;
  const { rows } = content;
  const version = (previous?.version ?? -1) + 1;
  const committed = {
    version,
    checkpointVersion: previous?.checkpointVersion ?? null,
    protocol: previous?.protocol ?? PROTOCOL,
    metadata,
    transactions: previous?.transactions ?? [],
  };
  try {
    const change = previous
      ? await compareContent(context, previous, content, stream)
      : { ...NO_CHANGE, added: rows };
    if (previous && change === null) {
      const same = { rows, bytes: countFiles(previous.files).bytes, change: NO_CHANGE };
      if (metadata === previous.metadata) {
        const outcome = { status: 'unchanged', version: previous.version, ...same } as const;
        return { outcome, made: null };
      }
      await publication.announce([], previous.version);
      await assertSameTable(source, previous);
      const actions = labelActions(previous, metadata, origin, content.digest);
      const state = { ...committed, files: previous.files };
      const published = await publication.publish({ version, state, files: [], actions });
      const outcome = { status: 'relabelled', version, ...same } as const;
      return published && { outcome, made: { committed: state, published } };
    }
    const difference = change ?? NO_CHANGE;
    const files = await content.files();
    await context.onStep('files_staged');
    await publication.announce(files, previous?.version ?? null);
    if (previous) await assertSameTable(source, previous);
    const added = addedFiles(files, origin.now);
    const actions = contentActions(previous, metadata, content, added, difference, origin);
    const state = { ...committed, files: added };
    const published = await publication.publish({ version, state, files, actions });
    const bytes = bytesOf(added);
    const outcome = { status: 'committed', version, rows, bytes, change: difference } as const;
    return published && { outcome, made: { committed: state, published } };
  } finally {
    await kept?.discard();
  }
}

/** Later than the version before, even when the clock was set back: time travel goes by this time. */
function commitTime(now: number, previous: Snapshot | null): number {
  return previous ? Math.max(now, previous.committedAt + 1) : now;
}

function assertOwnTable(previous: Snapshot, id: TableId, stream: Stream): void {
  assertWritable(id, previous.protocol, previous.metadata, previous.fields);
  const owner = readLabels(previous.metadata.configuration).stream;
  if (owner === stream.name) return;
  const what = owner === null ? 'data of another program' : `stream ${owner}`;
  throw new ChartliftError(
    'table_name_taken',
    `${formatTableId(id)} holds ${what}, not ${stream.name}.`,
    'Choose another layer, prefix or table name; chartlift never overwrites a table that is not its own.',
  );
}
