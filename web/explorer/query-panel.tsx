import { type RefObject, useMemo } from 'react';
import { ProblemError } from '../api/problem-error.ts';
import { words } from '../words/explorer.ts';
import classes from './explorer.module.css';
import { RunBar } from './run-bar.tsx';
import { ShareButton } from './share-button.tsx';
import { type EditorHandle, type Mistake, SqlEditor } from './sql-editor.tsx';
import { useNames } from './use-names.ts';
import type { Outcome } from './use-run-query.ts';

/** The query, and what to do with it. */
export function QueryPanel({
  handle,
  initial,
  text,
  limit,
  outcome,
  onChange,
  onLimit,
  onRun,
  onCancel,
  onLink,
}: {
  readonly handle: RefObject<EditorHandle | null>;
  /** What the editor begins with. */
  readonly initial: string;
  /** What stands in it. */
  readonly text: string;
  readonly limit: number;
  readonly outcome: Outcome;
  readonly onChange: (text: string) => void;
  readonly onLimit: (limit: number) => void;
  readonly onRun: () => void;
  readonly onCancel: () => void;
  readonly onLink: () => Promise<void>;
}) {
  const names = useNames();
  const mistake = useMemo(() => mistakeOf(outcome), [outcome]);
  const isEmpty = text.trim() === '';
  return (
    <section className={classes.query} aria-label={words.query}>
      <SqlEditor
        handle={handle}
        initial={initial}
        names={names}
        mistake={mistake}
        onChange={onChange}
        onRun={onRun}
      />
      <RunBar
        since={outcome.kind === 'running' ? outcome.since : null}
        isEmpty={isEmpty}
        limit={limit}
        onLimit={onLimit}
        onRun={onRun}
        onCancel={onCancel}
      >
        <ShareButton isDisabled={isEmpty} onLink={onLink} />
      </RunBar>
    </section>
  );
}

function mistakeOf(outcome: Outcome): Mistake | null {
  if (outcome.kind !== 'failed' || !(outcome.error instanceof ProblemError)) return null;
  const { place, detail } = outcome.error.problem;
  return place === null ? null : { place, message: detail };
}
