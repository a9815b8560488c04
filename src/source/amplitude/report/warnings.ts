import type { Warning } from '../../../stream/connector.ts';

/** Cells that are reported one by one; a column of texts would otherwise fill the log. */
const DETAILED = 20;

/** Characters of a cell that are quoted. */
const QUOTED = 80;

/** Collects the cells that are not numbers: each is null in the table and named here (DESIGN §2.2.9). */
export class ValueWarnings {
  #warnings: Warning[] = [];
  #count = 0;

  /** Forgets what was added, so that the records can be read again. */
  clear(): void {
    this.#warnings = [];
    this.#count = 0;
  }

  /** `row` counts body rows from 1. */
  add(row: number, label: string, segment: string, text: string): void {
    this.#count += 1;
    if (this.#count > DETAILED) return;
    this.#warnings.push({
      code: 'not_a_number',
      message: `Row ${row} (${quote(label)}), column ${quote(segment)}: ${quote(text)} is not a number; the value is null.`,
    });
  }

  list(): readonly Warning[] {
    const more = this.#count - this.#warnings.length;
    if (more === 0) return this.#warnings;
    return [
      ...this.#warnings,
      {
        code: 'not_a_number',
        message: `${more} more cells are not numbers; their values are null.`,
      },
    ];
  }
}

/** A text of the report as it is shown to people: in quotes, and not all of a long one. */
export function quote(text: string): string {
  return JSON.stringify(text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text);
}
