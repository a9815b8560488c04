import { ChartliftError } from '../../errors.ts';
import { tableDirectory } from '../lake-directory.ts';
import { readSnapshot } from '../log/snapshot.ts';
import { assertWritable } from '../log/supported-table.ts';
import {
  type FoundLabels,
  readLabels,
  sameProperties,
  withLabels,
} from '../log/table-properties.ts';
import { formatTableId, type TableId } from '../table-id.ts';
import { tableNotFound } from '../table-listing.ts';
import { labelActions } from './commit-actions.ts';
import { keepLogShort } from './log-upkeep.ts';
import { Publication } from './publication.ts';
import { assertSameTable } from './same-table.ts';
import type { WriteContext } from './write-context.ts';

/** Tries against other writers before giving up. */
const MAX_TRIES = 10;

/**
 * Changes what a table says of itself and none of its rows. Returns the version that says it.
 *
 * @param name tells the commits of one run apart
 * @throws ChartliftError `table_not_found`, `table_unsupported`, `table_damaged`, `commit_conflict`
 */
export async function relabelTable(
  context: WriteContext,
  id: TableId,
  labels: Partial<FoundLabels>,
  name: string,
): Promise<number> {
  const directory = tableDirectory(context.lake, id);
  const source = { id, directory, duckdb: () => context.connection.get() };
  const publication = new Publication(context, id, directory, name);
  try {
    for (let attempt = 0; attempt < MAX_TRIES; attempt += 1) {
      const previous = await readSnapshot(source);
      if (previous === null) throw await tableNotFound(context.lake, id);
      const { protocol, metadata, transactions, files, checkpointVersion } = previous;
      assertWritable(id, protocol, metadata, previous.fields);
      const before = metadata.configuration;
      const configuration = withLabels(before, { ...readLabels(before), ...labels });
      if (sameProperties(before, configuration)) return previous.version;
      const next = { ...metadata, configuration };
      const now = Math.max(context.clock.now(), previous.committedAt + 1);
      const version = previous.version + 1;
      await publication.announce([], previous.version);
      await assertSameTable(source, previous);
      const digest = previous.commitInfo?.contentDigest ?? null;
      const actions = labelActions(previous, next, { runId: null, now }, digest);
      const committed = {
        version,
        checkpointVersion,
        protocol,
        metadata: next,
        transactions,
        files,
      };
      const published = await publication.publish({
        version,
        state: committed,
        files: [],
        actions,
      });
      if (published === null) continue;
      await keepLogShort(context, source, committed, published, name);
      await publication.finish();
      return version;
    }
  } finally {
    await publication.undo();
  }
  throw new ChartliftError(
    'commit_conflict',
    `Other writers changed ${formatTableId(id)} ${MAX_TRIES} times meanwhile.`,
    'Try again when they are done; nothing was changed.',
  );
}
