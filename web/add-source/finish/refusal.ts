import { ProblemError } from '../../api/problem-error.ts';
import { words } from '../../words/finish.ts';
import type { TableRow } from '../tables/table-plan.ts';
import type { RefusedTable } from '../tables/taken-tables.ts';

/** A step of the wizard before the last, by its address. */
export type EarlierStep = 'access' | 'streams' | 'tables';

/** Something that has to be corrected in an earlier step. */
export interface Correction {
  readonly step: EarlierStep;
  readonly message: string;
}

/** What the service said when it would not make the source, by where it is put right. */
export interface Refusal {
  readonly corrections: readonly Correction[];
  /** Names that step 4 must not offer again. */
  readonly tables: readonly RefusedTable[];
  /** Some of it stands at a field of this step. */
  readonly isHere: boolean;
}

const FIELDS_HERE = new Set(['name', 'description', 'trigger']);
const FIELDS_FOR_ALL = ['layer', 'folder', 'prefix'] as const;

/** @param rows what was sent, in its order */
export function readRefusal(error: unknown, rows: readonly TableRow[]): Refusal {
  const nothing: Refusal = { corrections: [], tables: [], isHere: false };
  if (!(error instanceof ProblemError)) return nothing;
  const { code, issues, detail } = error.problem;
  if (issues.length === 0 && (code === 'not_found' || code === 'conflict')) {
    // The validation is too old, or not of this source: whatever it is, checking again mends it.
    return { ...nothing, corrections: [{ step: 'access', message: detail }] };
  }
  const located = issues.map(({ path: [first, at, field], message }) => ({
    first: `${first}`,
    row: typeof at === 'number' ? rows[at] : undefined,
    field,
    message,
  }));
  const isAtField = ({ first }: { readonly first: string }) => FIELDS_HERE.has(first);
  return {
    isHere: located.some(isAtField),
    corrections: located
      .filter((issue) => !isAtField(issue))
      .map(({ first, row, field, message }) => correctionOf(first, row, field, message)),
    tables: located.flatMap(({ row, field, message }) =>
      row === undefined || field !== 'table'
        ? []
        : [{ fullName: row.fullName, message: sentence(message) }],
    ),
  };
}

function correctionOf(
  first: string,
  row: TableRow | undefined,
  field: string | number | undefined,
  message: string,
): Correction {
  const forAll = FIELDS_FOR_ALL.find((name) => name === first);
  if (forAll !== undefined) {
    return { step: 'tables', message: sentence(words.fieldIssue(words.fields[forAll], message)) };
  }
  if (row !== undefined) {
    const told = words.streamIssue(row.title ?? row.stream, sentence(message));
    return { step: field === 'stream' ? 'streams' : 'tables', message: told };
  }
  if (first === 'streams') {
    return {
      step: 'streams',
      message: sentence(words.fieldIssue(words.fields.streams, message)),
    };
  }
  return { step: 'access', message: sentence(message) };
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** What is wrong with the trigger, or with any part of it. */
export function triggerMessage(error: unknown): string | undefined {
  if (!(error instanceof ProblemError)) return undefined;
  const message = error.problem.issues.find(({ path }) => path[0] === 'trigger')?.message;
  return message === undefined
    ? undefined
    : sentence(words.fieldIssue(words.fields.trigger, message));
}
