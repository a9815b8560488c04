import { readFile } from 'node:fs/promises';

/** What the clock of `/proc` counts in a second (proc(5): `USER_HZ`). */
const TICKS_A_SECOND = 100;

/**
 * Time in which processors had work and the host of a virtual machine gave them to others, since the start of
 * the machine, over all processors, in ms (proc_stat(5): `steal`). Only Linux tells it.
 */
export async function stolenMs(): Promise<number> {
  const text = await readFile('/proc/stat', 'utf8');
  const [, , , , , , , , stolen] = text.split('\n', 1)[0]?.split(/\s+/) ?? [];
  return (Number(stolen) / TICKS_A_SECOND) * 1000;
}
