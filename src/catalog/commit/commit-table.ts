import { ChartliftError } from '../../errors.ts';
import type { Stream } from '../../stream/stream.ts';
import { tableDirectory } from '../lake-directory.ts';
import { countFiles } from '../log/file-counts.ts';
import { readSnapshot, type Snapshot } from '../log/snapshot.ts';
import { assertWritable } from '../log/supported-table.ts';
import { readLabels, type TableLabels } from '../log/table-properties.ts';
import type { StagedContent } from '../stage/content-stager.ts';
import { formatTableId, type TableId } from '../table-id.ts';
import { contentActions, labelActions, nextMetadata } from './commit-actions.ts';
import { type ContentChange, compareContent } from './compare-content.ts';
import { Publication } from './publish.ts';
import type { WriteContext } from './write-context.ts';

/** Tries against other writers before giving up. Each lost try means that somebody else won one. */
const MAX_TRIES = 10;

/** The table that a run writes, and what it shall say of itself. */
export interface TableTarget {
  readonly id: TableId;
  readonly stream: Stream;
  readonly labels: Omit<TableLabels, 'stream'>;
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
}

const NO_CHANGE: ContentChange = { added: 0, removed: 0, changed: 0 };

/**
 * Makes staged content the content of a table, against whatever version the table has by then.
 *
 * @throws ChartliftError `table_name_taken` when the table belongs to another stream,
 * `table_unsupported`, `table_damaged`, `commit_conflict` when other writers were always faster.
 */
export async function commitTable(
  context: WriteContext,
  target: TableTarget,
  staged: StagedContent,
  name: string,
): Promise<CommitOutcome> {
  const { id, stream } = target;
  const directory = tableDirectory(context.lake, id);
  const source = { id, directory, duckdb: async () => context.connection };
  const publication = new Publication(context, id, directory, name);
  try {
    for (let attempt = 0; attempt < MAX_TRIES; attempt += 1) {
      const previous = await readSnapshot(source);
      if (previous) assertOwnTable(previous, target);
      const origin = { runId: context.runId, now: commitTime(context.clock.now(), previous) };
      const labels = { stream: stream.name, ...target.labels };
      const metadata = nextMetadata(previous, stream, labels, origin.now);
      const change = previous
        ? await compareContent(context.connection, previous, staged, stream)
        : { ...NO_CHANGE, added: staged.rows };
      const version = (previous?.version ?? -1) + 1;
      const { rows } = staged;
      if (previous && change === null) {
        const { bytes } = countFiles(previous.files);
        if (metadata === previous.metadata) {
          await publication.undo();
          return { status: 'unchanged', version: previous.version, rows, bytes, change: NO_CHANGE };
        }
        const actions = labelActions(previous, metadata, origin, staged.digest);
        await publication.move([], previous.version);
        if (!(await publication.commit(version, actions))) continue;
        await publication.finish();
        return { status: 'relabelled', version, rows, bytes, change: NO_CHANGE };
      }
      const actions = contentActions(previous, metadata, staged, change ?? NO_CHANGE, origin);
      await publication.move(staged.files, previous?.version ?? null);
      if (!(await publication.commit(version, actions))) continue;
      await publication.finish();
      return {
        status: 'committed',
        version,
        rows,
        bytes: staged.bytes,
        change: change ?? NO_CHANGE,
      };
    }
  } catch (error) {
    await publication.undo();
    throw error;
  }
  await publication.undo();
  throw new ChartliftError(
    'commit_conflict',
    `Other writers changed ${formatTableId(id)} ${MAX_TRIES} times while it was to be committed.`,
    'Run again when they are done; nothing was changed.',
  );
}

/** Later than the version before, even when the clock was set back: time travel goes by this time. */
function commitTime(now: number, previous: Snapshot | null): number {
  return previous ? Math.max(now, previous.committedAt + 1) : now;
}

function assertOwnTable(previous: Snapshot, { id, stream }: TableTarget): void {
  assertWritable(id, previous.protocol, previous.metadata, previous.fields);
  const owner = readLabels(previous.metadata.configuration).stream;
  if (owner === stream.name) return;
  throw new ChartliftError(
    'table_name_taken',
    `${formatTableId(id)} holds ${owner === null ? 'data of another program' : `stream ${owner}`}, not ${stream.name}.`,
    'Choose another layer, prefix or table name; chartlift never overwrites a table that is not its own.',
  );
}
