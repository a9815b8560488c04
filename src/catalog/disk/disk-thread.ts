/** Thread: does what `DiskThreads` asks for, one task after the other. */
import { parentPort } from 'node:worker_threads';
import type { PartValues } from '../stage/part-values.ts';
import { disk } from './disk.ts';
import type { Publishing } from './publish-files.ts';

export type DiskTask =
  | { readonly kind: 'write'; readonly part: PartValues; readonly path: string }
  | { readonly kind: 'publish'; readonly publishing: Publishing };

/** What came of the task with this number; of an error, its fields. */
export type DiskAnswer = { readonly id: number } & (
  | { readonly result: unknown }
  | { readonly error: Readonly<Record<string, unknown>> }
);

const ignore = () => undefined;

/** Tasks are taken one by one: none of them waits for anything but the disk. */
parentPort?.on('message', async ({ id, task }: { id: number; task: DiskTask }) => {
  parentPort?.postMessage(await answer(id, task));
});

async function answer(id: number, task: DiskTask): Promise<DiskAnswer> {
  try {
    if (task.kind === 'write') return { id, result: await disk.writePart(task.part, task.path) };
    const published = await disk.publish(task.publishing, ignore);
    const failure = published?.checksumFailure ?? null;
    return { id, result: published && { checksumFailure: failure && fieldsOf(failure) } };
  } catch (error) {
    return { id, error: fieldsOf(error) };
  }
}

/** Errors lose their code on the way from thread to thread. */
function fieldsOf(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { message: String(error) };
  const { message, stack } = error;
  return { ...error, message, stack };
}
