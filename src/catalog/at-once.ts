import { readdirSync, readFileSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** How long the process is held up in one turn of the event loop, in ms. */
const LONGEST_MS = 4;

let spentMs = 0;
let isCounting = false;

/**
 * Does a short piece of work with small files without another thread: to hand one call of the system to a
 * thread takes longer than the call, and `readFile` makes four of them (decision 24). Pieces that follow each
 * other for too long let others go on in between.
 */
async function atOnce<Result>(work: () => Result): Promise<Result> {
  while (spentMs >= LONGEST_MS) await nextTurn();
  if (!isCounting) {
    isCounting = true;
    setImmediate(() => {
      isCounting = false;
      spentMs = 0;
    });
  }
  const started = performance.now();
  try {
    return work();
  } finally {
    spentMs += performance.now() - started;
  }
}

/** A small file's text. @throws the system's error */
export function readText(path: string): Promise<string> {
  return atOnce(() => readFileSync(path, 'utf8'));
}

/** A small file's bytes. @throws the system's error */
export function readBytes(path: string): Promise<Buffer<ArrayBuffer>> {
  return atOnce(() => readFileSync(path));
}

/** The names in a directory. @throws the system's error */
export function readNames(directory: string): Promise<string[]> {
  return atOnce(() => readdirSync(directory));
}
