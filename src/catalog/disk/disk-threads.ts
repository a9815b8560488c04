import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { PartValues } from '../stage/part-values.ts';
import type { Disk } from './disk.ts';
import type { DiskAnswer, DiskTask } from './disk-thread.ts';
import type { Published, Publishing } from './publish-files.ts';

const MAX_THREADS = 4;

/**
 * Tasks that take longer than this, their turn included, call for another thread, in ms. Each compiles its code
 * and collects its garbage by itself: on a quick disk that costs more than it gives, on a slow one they wait
 * for it together.
 */
const PATIENCE_MS = 250;

/** As this file is called: TypeScript in a checkout, JavaScript in the package. */
const SCRIPT = new URL(`disk-thread${extname(import.meta.filename)}`, import.meta.url);

interface Waiting {
  /** When it was asked for, by `performance.now()`. */
  readonly since: number;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * A disk that threads of its own write to, so that the one of the service waits for none and encodes nothing:
 * each asks the system for one thing after the other, where `node:fs` would hand every single call to a
 * thread and its end back (decision 24). They start with the first table.
 */
export class DiskThreads implements Disk {
  readonly #threads: DiskThread[] = [];
  readonly #script: URL;

  /** @param script what the threads run; for tests */
  constructor(script: URL = SCRIPT) {
    this.#script = script;
  }

  writePart(part: PartValues, path: string): Promise<number> {
    return this.#run({ kind: 'write', part: plainPart(part), path });
  }

  /** Tells nobody of its steps. */
  async publish(publishing: Publishing): Promise<Published | null> {
    const published = await this.#run<Published | null>({ kind: 'publish', publishing });
    const failure = published?.checksumFailure;
    return failure ? { checksumFailure: errorOf(failure) } : published;
  }

  /** Waits for what is under way and ends the threads. */
  async close(): Promise<void> {
    await Promise.all(this.#threads.splice(0).map((thread) => thread.close()));
  }

  #run<Result>(task: DiskTask): Promise<Result> {
    const areLate = this.#threads.every(({ isLate }) => isLate);
    if (areLate && this.#threads.length < MAX_THREADS) {
      this.#threads.push(new DiskThread(this.#script));
    }
    const [thread] = this.#threads.sort((a, b) => a.busy - b.busy);
    if (thread === undefined) throw new Error('There is no thread for the disk.');
    return thread.run(task) as Promise<Result>;
  }
}

/** One thread; it is started again should it ever end by itself. */
class DiskThread {
  readonly #script: URL;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #tasks = 0;
  /** When it had its code and answered first. */
  #ready = Number.POSITIVE_INFINITY;
  /** How long the task took that was answered last, in ms; 0 once nothing waits. */
  #delay = 0;
  #idle: (() => void) | null = null;

  constructor(script: URL) {
    this.#script = script;
  }

  /** Tasks that it has not answered. */
  get busy(): number {
    return this.#waiting.size;
  }

  /** Whether its tasks wait for longer than they should. */
  get isLate(): boolean {
    return this.#delay > PATIENCE_MS;
  }

  run(task: DiskTask): Promise<unknown> {
    this.#worker ??= this.#start();
    const worker = this.#worker;
    this.#tasks += 1;
    const id = this.#tasks;
    return new Promise((resolve, reject) => {
      worker.postMessage({ id, task });
      // The process stays for what is under way, and for nothing else.
      if (this.busy === 0) worker.ref();
      this.#waiting.set(id, { since: performance.now(), resolve, reject });
    });
  }

  async close(): Promise<void> {
    if (this.busy > 0) {
      await new Promise<void>((resolve) => {
        this.#idle = resolve;
      });
    }
    await this.#worker?.terminate();
  }

  #start(): Worker {
    const worker = new Worker(this.#script);
    worker.on('message', ({ id, ...answer }: DiskAnswer) => {
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if ('error' in answer) waiting?.reject(errorOf(answer.error));
      else waiting?.resolve(answer.result);
      this.#ready = Math.min(this.#ready, performance.now());
      this.#delay = waiting && this.busy > 0 ? this.#timeOf(waiting) : 0;
      if (this.busy > 0) return;
      worker.unref();
      this.#idle?.();
    });
    worker.on('error', (error) => this.#end(worker, error));
    worker.on('exit', () => this.#end(worker, new Error('A thread for the disk has ended.')));
    return worker;
  }

  /** How long a task has taken until now, without the start of the thread. */
  #timeOf({ since }: Waiting): number {
    return performance.now() - Math.max(since, this.#ready);
  }

  #end(worker: Worker, error: unknown): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    this.#ready = Number.POSITIVE_INFINITY;
    this.#delay = 0;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
    this.#idle?.();
  }
}

/** The error whose fields came from a thread. */
function errorOf(fields: unknown): Error {
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
