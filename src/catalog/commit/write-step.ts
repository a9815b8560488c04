/**
 * The steps of a write at which a process may die, in their order. A crash test kills a process at
 * each of them; whoever adds a step to the write adds it here.
 */
export const WRITE_STEPS = [
  /** The run has its staging directory. */
  'opened',
  /** The content is complete: in the staging directory, or in memory where it is small. */
  'staged',
  /** It lies in the staging directory. */
  'files_staged',
  /** It is written down which files go into the table. */
  'journaled',
  /** One data file is in the table's directory; once for each file. */
  'file_moved',
  /** All data files are in the table's directory. */
  'files_moved',
  /** They are there for good, and the log entry lies in the staging directory. */
  'entry_staged',
  /** The version exists. */
  'committed',
  /** The version has its checksum. */
  'checksummed',
  /** A checkpoint lies in the staging directory. */
  'checkpoint_staged',
  /** The checkpoint is in the log. */
  'checkpoint_published',
  /** Readers are told of the checkpoint. */
  'checkpoint_announced',
  /** The journal is removed. */
  'finished',
] as const;

export type WriteStep = (typeof WRITE_STEPS)[number];

/** Called after each step of a write. For tests: the write goes on when it has resolved. */
export type StepHook = (step: WriteStep) => void | Promise<void>;
