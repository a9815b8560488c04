import { join } from 'node:path';
import type { MovableFile, Published } from '../disk/publish-files.ts';
import { assertLayerExists } from '../lake-directory.ts';
import { systemErrorCode } from '../lake-error.ts';
import { type Action, formatActions } from '../log/actions.ts';
import { type ChecksumState, formatChecksum } from '../log/version-checksum.ts';
import { formatTableId, type TableId } from '../table-id.ts';
import { isBeingEdited, retryWhileBusy } from './edit-lock.ts';
import type { WriteContext } from './write-context.ts';

/** What a commit brings into a table. */
export interface Publishable {
  /** The version that it makes, and the state that the table then has. */
  readonly version: number;
  readonly state: ChecksumState;
  readonly files: readonly MovableFile[];
  readonly actions: readonly Partial<Action>[];
}

/**
 * Brings one commit into a table: data files first, then the log entry that makes them count.
 * Until the entry is there, no reader sees anything of it.
 */
export class Publication {
  readonly #context: WriteContext;
  readonly #id: TableId;
  readonly #directory: string;
  readonly #name: string;

  /** @param name tells the publications of one run apart */
  constructor(context: WriteContext, id: TableId, directory: string, name: string) {
    this.#context = context;
    this.#id = id;
    this.#directory = directory;
    this.#name = name;
  }

  /**
   * Writes down which files are about to come, once no edit takes the table away. From here to
   * {@link finish} or {@link undo} no edit does.
   * @throws ChartliftError `commit_conflict`
   */
  async announce(files: readonly MovableFile[], readVersion: number | null): Promise<void> {
    const { lake, journal, clock, onStep } = this.#context;
    const names = files.map((file) => file.name);
    await retryWhileBusy(clock, formatTableId(this.#id), async () => {
      await journal.begin(this.#name, { ...this.#id, readVersion, files: names });
      if (!(await isBeingEdited(lake, this.#id, clock.now()))) return true;
      await journal.end(this.#name);
      return false;
    });
    await onStep('journaled');
  }

  /**
   * Makes the version. Null when somebody else has made it; the data files are then back in the staging
   * directory, for another try.
   *
   * @throws ChartliftError `layer_unknown` when the layer was renamed or removed
   */
  async publish({ version, state, files, actions }: Publishable): Promise<Published | null> {
    const { lake, staging, disk, onStep } = this.#context;
    const publishing = {
      directory: this.#directory,
      version,
      files: files.map(({ name, path }) => ({ name, path })),
      entry: {
        path: join(staging, `entry-${this.#name}.json`),
        text: formatActions(actions),
      },
      checksum: formatChecksum(state),
    };
    try {
      const published = await disk.publish(publishing, onStep);
      if (published === null) await this.undo();
      return published;
    } catch (error) {
      if (systemErrorCode(error) === 'ENOENT') await assertLayerExists(lake, this.#id.layer);
      throw error;
    }
  }

  /** Takes the announcement back, after a failure or when there was nothing to do. */
  async undo(): Promise<void> {
    await this.#context.journal.end(this.#name);
  }

  /** Forgets the journal: the log tells what the files are for. */
  async finish(): Promise<void> {
    await this.undo();
    await this.#context.onStep('finished');
  }
}
