import type { Terminal } from './terminal.ts';

/** What a command gets, and where it says how it ended. */
export interface CommandContext {
  readonly terminal: Terminal;
  /** Sets the exit code; 0 if a command never does. */
  exitWith(code: number): void;
}
