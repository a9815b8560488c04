import { randomUUID } from 'node:crypto';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChartliftError } from '../../../errors.ts';

const MEBIBYTE = 1024 * 1024;

/**
 * Bytes that are read and written at a time. The cells of a block are all in use at once: with larger
 * blocks, more of them outlive V8's young generation (docs/benchmarks.md).
 */
const BLOCK = 64 * 1024;

/** Larger reports go to a file, so that memory stays flat whatever a chart holds. */
const MEMORY = 8 * MEBIBYTE;

/**
 * Bytes that are written once and read as often as needed: in memory up to 8 MiB, beyond that in a
 * temporary file which has no name any more when the first byte is written. So nothing is left behind,
 * even if the process is killed, and nobody else can open it.
 */
export class Spool {
  /** Bytes written so far. */
  bytes = 0;
  readonly #blocks: Uint8Array[] = [];
  #block = new Uint8Array(0);
  #used = 0;
  #file: FileHandle | null = null;
  #fileBytes = 0;
  #disposed = false;

  /**
   * Adds a copy of `chunk`; wait for it before the next one.
   *
   * @throws ChartliftError `report_too_large` if it fits neither in memory nor in the temporary directory
   */
  async write(chunk: Uint8Array): Promise<void> {
    for (let at = 0; at < chunk.length; ) {
      if (this.#used === this.#block.length) await this.#nextBlock(chunk.length - at);
      const part = chunk.subarray(at, at + this.#block.length - this.#used);
      this.#block.set(part, this.#used);
      this.#used += part.length;
      at += part.length;
      this.bytes += part.length;
    }
  }

  /** @param wanted bytes that are to come at least */
  async #nextBlock(wanted: number): Promise<void> {
    const full = this.#block;
    if (this.#used > 0) this.#blocks.push(full);
    this.#used = 0;
    this.#block = new Uint8Array(0);
    const toFile = this.#file !== null || this.#blocks.length * BLOCK >= MEMORY;
    if (toFile) await this.#toFile();
    // Most reports are short and come in one piece.
    const size = this.bytes === 0 ? Math.min(wanted, BLOCK) : BLOCK;
    // Fresh memory for each block would pile up until it is collected.
    this.#block = toFile ? full : new Uint8Array(size);
  }

  async #toFile(): Promise<void> {
    try {
      this.#file ??= await openNameless();
      for (const block of this.#blocks) {
        await this.#file.appendFile(block);
        this.#fileBytes += block.length;
      }
    } catch (error) {
      throw noRoom(error);
    }
    this.#blocks.length = 0;
  }

  /** To be called after the last byte: keeps no more memory than needed. */
  seal(): void {
    if (this.#used < this.#block.length) this.#block = this.#block.slice(0, this.#used);
  }

  /**
   * Everything written, from the start, in blocks that hold until the next one is asked for; may be
   * iterated side by side.
   */
  async *read(): AsyncGenerator<Uint8Array> {
    if (this.#disposed) throw new Error('This report has been disposed of.');
    const memory = new Uint8Array(Math.min(BLOCK, this.#fileBytes));
    for (let at = 0; at < this.#fileBytes; at += BLOCK) {
      const block = memory.subarray(0, this.#fileBytes - at);
      await this.#fill(block, at);
      yield block;
    }
    yield* this.#blocks;
    if (this.#used > 0) yield this.#block.subarray(0, this.#used);
  }

  async #fill(block: Uint8Array, position: number): Promise<void> {
    if (this.#file === null) throw new Error('This report has been disposed of.');
    let read = 0;
    while (read < block.length) {
      const { bytesRead } = await this.#file.read(block, {
        offset: read,
        position: position + read,
      });
      if (bytesRead === 0) throw new Error('The temporary file of a report has become shorter.');
      read += bytesRead;
    }
  }

  /** Frees memory and file; may be called again. */
  async dispose(): Promise<void> {
    const file = this.#file;
    this.#disposed = true;
    this.#file = null;
    this.#blocks.length = 0;
    this.#block = new Uint8Array(0);
    this.#used = 0;
    await file?.close();
  }
}

async function openNameless(): Promise<FileHandle> {
  const path = join(tmpdir(), `chartlift-${randomUUID()}`);
  // "wx+": never a file or link that somebody else has put there.
  const file = await open(path, 'wx+', 0o600);
  try {
    await unlink(path);
  } catch (error) {
    await file.close();
    throw error;
  }
  return file;
}

function noRoom(cause: unknown): ChartliftError {
  const what = cause instanceof Error ? cause.message : String(cause);
  return new ChartliftError(
    'report_too_large',
    `The report is larger than ${MEMORY / MEBIBYTE} MiB and cannot be kept in ${tmpdir()}: ${what}.`,
    'Make room there, or set TMPDIR to a directory with room that may be written to.',
    { cause },
  );
}
