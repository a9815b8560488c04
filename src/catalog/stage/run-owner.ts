import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { z } from 'zod';
import { systemErrorCode } from '../lake-error.ts';

const ownerSchema = z.object({
  pid: z.number(),
  host: z.string(),
  /** Tells the process from a later one with the same pid; null where the system does not say. */
  processStart: z.string().nullable(),
  /** Milliseconds since the epoch. */
  startedAt: z.number(),
});

/** The process that a run belongs to, as kept beside its unfinished work. */
export type RunOwner = z.output<typeof ownerSchema>;

/**
 * When a process started: the machine's boot and the clock tick in it, from Linux's proc(5)
 * (`/proc/<pid>/stat`, field 22). The command in field 2 may hold spaces and brackets.
 */
function processStart(pid: number): string | null {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = fields[19];
    return ticks === undefined ? null : `${boot}/${ticks}`;
  } catch {
    return null;
  }
}

/** This process as the owner of a run. */
export function currentOwner(now: number): RunOwner {
  const { pid } = process;
  return { pid, host: hostname(), processStart: processStart(pid), startedAt: now };
}

/** Reads an owner; null when the text is none, such as a file cut short by a power loss. */
export function parseOwner(text: string): RunOwner | null {
  try {
    return ownerSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Whether the owner's process is at work; `unknown` when it belongs to another machine. */
export function ownerState(owner: RunOwner): 'alive' | 'dead' | 'unknown' {
  if (owner.host !== hostname()) return 'unknown';
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    // Another user's process is alive, too.
    if (systemErrorCode(error) !== 'EPERM') return 'dead';
  }
  const start = processStart(owner.pid);
  if (owner.processStart === null || start === null) return 'alive';
  return start === owner.processStart ? 'alive' : 'dead';
}
