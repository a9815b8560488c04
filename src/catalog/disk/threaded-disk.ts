import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { PartValues } from '../stage/part-values.ts';
import type { Disk } from './disk.ts';
import type { DiskAnswer, DiskResult, DiskTask, ErrorFields } from './disk-thread.ts';
import type { Published, Publishing } from './publish-files.ts';

/** As this file is called: TypeScript in a checkout, JavaScript in the package. */
const SCRIPT = new URL(`disk-thread${extname(import.meta.filename)}`, import.meta.url);

interface Waiting {
  readonly resolve: (result: DiskResult) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * A disk that a thread of its own writes to, so that the one of the service encodes nothing and is told once of
 * each table, where `node:fs` would hand every single call to a thread and its end back (decision 24). It
 * starts with the first table, and again should it ever end by itself.
 */
export class ThreadedDisk implements Disk {
  readonly #script: URL;
  /** What was not answered yet, by the numbers of the tasks. */
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #tasks = 0;
  #idle: (() => void) | null = null;

  /** @param script what the thread runs; for tests */
  constructor(script: URL = SCRIPT) {
    this.#script = script;
  }

  async writePart(part: PartValues, path: string): Promise<number> {
    return Number(await this.#run({ kind: 'write', part: plainPart(part), path }));
  }

  /** Tells nobody of its steps. */
  async publish(publishing: Publishing): Promise<Published | null> {
    return publishedOf(await this.#run({ kind: 'publish', publishing }));
  }

  /** Waits for what is under way and ends the thread. */
  async close(): Promise<void> {
    if (this.#waiting.size > 0) {
      await new Promise<void>((resolve) => {
        this.#idle = resolve;
      });
    }
    await this.#worker?.terminate();
  }

  #run(task: DiskTask): Promise<DiskResult> {
    this.#worker ??= this.#start();
    const worker = this.#worker;
    this.#tasks += 1;
    const id = this.#tasks;
    return new Promise((resolve, reject) => {
      worker.postMessage({ id, task });
      // The process stays for what is under way, and for nothing else.
      if (this.#waiting.size === 0) worker.ref();
      this.#waiting.set(id, { resolve, reject });
    });
  }

  #start(): Worker {
    const worker = new Worker(this.#script);
    worker.on('message', ({ id, ...answer }: DiskAnswer) => {
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if ('error' in answer) waiting?.reject(errorOf(answer.error));
      else waiting?.resolve(answer.result);
      if (this.#waiting.size > 0) return;
      worker.unref();
      this.#idle?.();
    });
    worker.on('error', (error) => this.#end(worker, error));
    worker.on('exit', () => this.#end(worker, new Error('The thread for the disk has ended.')));
    return worker;
  }

  #end(worker: Worker, error: unknown): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
    this.#idle?.();
  }
}
function publishedOf(result: DiskResult): Published | null {
  if (result === null || typeof result === 'number') return null;
  const { checksumFailure: failure } = result;
  return { checksumFailure: failure === null ? null : errorOf(failure) };
}

/** The error whose fields came from the thread. */
function errorOf(fields: ErrorFields): Error {
  return Object.assign(new Error(), fields);
}

/** Without what fills it, and with nothing but its own rows. */
function plainPart({ columns, rows, vectors }: PartValues): PartValues {
  return {
    columns: columns.map(({ name }) => ({ name })),
    rows,
    vectors: vectors.map((vector) => {
      const { nulls } = vector;
      if (vector.kind === 'text') {
        return { kind: 'text', nulls, texts: vector.texts, ids: vector.ids.slice() };
      }
      const { min, max } = vector;
      return { kind: 'number', nulls, min, max, values: vector.values.slice() };
    }),
  };
}
