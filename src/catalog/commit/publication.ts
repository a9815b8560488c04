import { link, mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { syncDirectory, writeDurably } from '../durable-files.ts';
import { logDirectory } from '../lake-directory.ts';
import { systemErrorCode } from '../lake-error.ts';
import { type Action, formatActions } from '../log/actions.ts';
import { commitFileName } from '../log/log-file-name.ts';
import type { TableId } from '../table-id.ts';
import { removeJournal, writeJournal } from './journal.ts';
import type { WriteContext } from './write-context.ts';

/** A file in the staging directory and the name that it gets in the table. */
export interface MovableFile {
  readonly name: string;
  readonly path: string;
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

  /** Moves data files into the table's directory. */
  async move(files: readonly MovableFile[], readVersion: number | null): Promise<void> {
    const { staging, onStep } = this.#context;
    const names = files.map((file) => file.name);
    await writeJournal(staging, this.#name, { ...this.#id, readVersion, files: names });
    await onStep('journaled');
    await this.#createDirectories();
    for (const file of files) {
      await rename(file.path, join(this.#directory, file.name));
      this.#moved.push(file);
      await onStep('file_moved');
    }
    await syncDirectory(this.#directory);
    await onStep('files_moved');
  }

  /**
   * Adds the log entry of a version. `false` when somebody else has made that version
   * (Delta protocol, "Creation of New Log Entries": never overwrite an entry); the data files are
   * then back in the staging directory, for another try.
   */
  async commit(version: number, actions: readonly Partial<Action>[]): Promise<boolean> {
    const { staging, onStep } = this.#context;
    const log = logDirectory(this.#directory);
    const entry = join(staging, `entry-${this.#name}.json`);
    await writeDurably(entry, formatActions(actions));
    await onStep('entry_staged');
    try {
      // A link appears with its whole content or not at all, and never replaces a file.
      await link(entry, join(log, commitFileName(version)));
    } catch (error) {
      if (systemErrorCode(error) !== 'EEXIST') throw error;
      await this.#moveBack();
      return false;
    }
    // From here on the files are the table's.
    this.#moved = [];
    await syncDirectory(log);
    await onStep('committed');
    return true;
  }

  /** Takes back what was moved and not committed, after a failure or when there was nothing to do. */
  async undo(): Promise<void> {
    await this.#moveBack();
    await removeJournal(this.#context.staging, this.#name);
  }

  /** Forgets the journal: the log tells what the files are for. */
  async finish(): Promise<void> {
    await removeJournal(this.#context.staging, this.#name);
    await this.#context.onStep('finished');
  }

  async #moveBack(): Promise<void> {
    for (const file of this.#moved) await rename(join(this.#directory, file.name), file.path);
    this.#moved = [];
  }

  async #createDirectories(): Promise<void> {
    const log = logDirectory(this.#directory);
    const created = await mkdir(log, { recursive: true });
    if (created === undefined) return;
    await syncDirectory(this.#directory);
    await syncDirectory(join(this.#directory, '..'));
  }
}
