import { link, mkdir, rename, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { syncDirectory, writeDurably } from '../durable-files.ts';
import { assertLayerExists, logDirectory } from '../lake-directory.ts';
import { systemErrorCode } from '../lake-error.ts';
import { type Action, formatActions } from '../log/actions.ts';
import { commitFileName } from '../log/log-file-name.ts';
import { formatTableId, type TableId } from '../table-id.ts';
import { isBeingEdited, retryWhileBusy } from './edit-lock.ts';
import type { WriteContext } from './write-context.ts';

/** A file in the staging directory and the name that it gets in the table. */
export interface MovableFile {
  readonly name: string;
  readonly path: string;
}

/** What a commit brings into a table. */
export interface Publishable {
  /** The version that it makes. */
  readonly version: number;
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
  /** Files in the table's directory that no entry names yet. */
  #moved: MovableFile[] = [];

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
   * Moves the data files into the table's directory and adds the log entry of the version. `false` when
   * somebody else has made that version (Delta protocol, "Creation of New Log Entries": never overwrite
   * an entry); the data files are then back in the staging directory, for another try.
   *
   * @throws ChartliftError `layer_unknown` when the layer was renamed or removed
   */
  async publish({ version, files, actions }: Publishable): Promise<boolean> {
    const { staging, onStep } = this.#context;
    const log = logDirectory(this.#directory);
    const entry = join(staging, `entry-${this.#name}.json`);
    const isNew = version === 0;
    if (isNew) await this.#createDirectories();
    await this.#move(files);
    // Nothing of it may be lost once the entry is there: the files' names, and what the entry says.
    await allDone([syncDirectory(this.#directory), writeDurably(entry, formatActions(actions))]);
    await onStep('files_moved');
    await onStep('entry_staged');
    try {
      // A link appears with its whole content or not at all, and never replaces a file.
      await link(entry, join(log, commitFileName(version)));
    } catch (error) {
      if (systemErrorCode(error) !== 'EEXIST') throw error;
      await this.undo();
      return false;
    }
    // From here on the files are the table's.
    this.#moved = [];
    await allDone([
      syncDirectory(log),
      // Lost before this, a new table is lost as a whole.
      ...(isNew ? [syncDirectory(dirname(this.#directory))] : []),
      unlink(entry),
    ]);
    await onStep('committed');
    return true;
  }

  /** Takes back what was moved and not committed, after a failure or when there was nothing to do. */
  async undo(): Promise<void> {
    await this.#moveBack();
    await this.#context.journal.end(this.#name);
  }

  /** Forgets the journal: the log tells what the files are for. */
  async finish(): Promise<void> {
    await this.#context.journal.end(this.#name);
    await this.#context.onStep('finished');
  }

  async #move(files: readonly MovableFile[]): Promise<void> {
    for (const file of files) {
      await rename(file.path, join(this.#directory, file.name));
      this.#moved.push(file);
      await this.#context.onStep('file_moved');
    }
  }

  async #moveBack(): Promise<void> {
    for (const file of this.#moved) await rename(join(this.#directory, file.name), file.path);
    this.#moved = [];
  }

  async #createDirectories(): Promise<void> {
    const { lake } = this.#context;
    // Never the layer: a run would bring back one that was renamed.
    await createDirectory(this.#directory).catch(async (error: unknown) => {
      if (systemErrorCode(error) === 'ENOENT') await assertLayerExists(lake, this.#id.layer);
      throw error;
    });
    await createDirectory(logDirectory(this.#directory));
  }
}

/** Makes a directory unless it is there. */
async function createDirectory(directory: string): Promise<void> {
  await mkdir(directory).catch((error: unknown) => {
    if (systemErrorCode(error) !== 'EEXIST') throw error;
  });
}

/** Waits for all, whether or not they succeed: none may go on when the staging directory is removed. */
async function allDone(tasks: readonly Promise<void>[]): Promise<void> {
  for (const task of await Promise.allSettled(tasks)) {
    if (task.status === 'rejected') throw task.reason;
  }
}
