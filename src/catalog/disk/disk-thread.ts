/** Thread: does what `ThreadedDisk` asks for. While one task waits for the disk, it goes on with others. */
import { parentPort } from 'node:worker_threads';
import type { PartValues } from '../stage/part-values.ts';
import { disk } from './disk.ts';
import type { Publishing } from './publish-files.ts';

export type DiskTask =
  | { readonly kind: 'write'; readonly part: PartValues; readonly path: string }
  | { readonly kind: 'publish'; readonly publishing: Publishing };

/** Of an error, which loses its code on the way from thread to thread. */
export type ErrorFields = Readonly<Record<string, unknown>>;

/** Of a part its bytes, of a commit what {@link Published} says. */
export type DiskResult = number | { readonly checksumFailure: ErrorFields | null } | null;

/** What came of the task with this number. */
export type DiskAnswer = { readonly id: number } & (
  | { readonly result: DiskResult }
  | { readonly error: ErrorFields }
);

const ignore = () => undefined;

parentPort?.on('message', async ({ id, task }: { id: number; task: DiskTask }) => {
  parentPort?.postMessage(await answer(id, task));
});

async function answer(id: number, task: DiskTask): Promise<DiskAnswer> {
  try {
    if (task.kind === 'write') return { id, result: await disk.writePart(task.part, task.path) };
    const published = await disk.publish(task.publishing, ignore);
    if (published === null) return { id, result: null };
    const { checksumFailure: failure } = published;
    return { id, result: { checksumFailure: failure === null ? null : fieldsOf(failure) } };
  } catch (error) {
    return { id, error: fieldsOf(error) };
  }
}

function fieldsOf(error: unknown): ErrorFields {
  if (!(error instanceof Error)) return { message: String(error) };
  const { message, stack } = error;
  return { ...error, message, stack };
}
