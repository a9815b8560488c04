import { Skeleton, VisuallyHidden } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { TbPlayerStop } from 'react-icons/tb';
import { ProblemError } from '../api/problem-error.ts';
import { Notice } from '../parts/notice.tsx';
import { Panel } from '../parts/panel.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { sayDuration } from '../parts/quantities.tsx';
import { words } from '../words/explorer.ts';
import classes from './explorer.module.css';
import { QueryProblem } from './query-problem.tsx';
import { ResultPanel, type ResultView } from './result-panel.tsx';
import type { Place } from './span-at.ts';
import { useDownload } from './use-download.ts';
import type { Outcome } from './use-run-query.ts';

/** Under the editor: what became of the query. */
export function OutcomeArea({
  outcome,
  text,
  start,
  onGoTo,
  onRetry,
}: {
  readonly outcome: Outcome;
  /** What stands in the editor. */
  readonly text: string;
  /** What stands here before a query was run. */
  readonly start: ReactNode;
  readonly onGoTo: (place: Place) => void;
  readonly onRetry: () => void;
}) {
  // Here, so that it goes on when another result takes the place of this one.
  const download = useDownload();
  const [view, setView] = useState<ResultView>('rows');
  const answered = outcome.kind === 'running' ? outcome.before : outcome;
  return (
    <section aria-label={words.result}>
      <VisuallyHidden role="status">{say(outcome)}</VisuallyHidden>
      {outcome.kind === 'none' && start}
      {outcome.kind === 'canceled' && (
        <Notice tone="quiet" icon={TbPlayerStop} title={words.canceled} />
      )}
      {outcome.kind === 'failed' &&
        (isAboutQuery(outcome.error) ? (
          <QueryProblem
            problem={outcome.error.problem}
            query={outcome.query}
            isChanged={text !== outcome.query}
            onGoTo={onGoTo}
          />
        ) : (
          <ProblemAlert error={outcome.error} onRetry={onRetry} />
        ))}
      {answered === null && <Waiting />}
      {answered?.kind === 'answered' && (
        <ResultPanel
          answered={answered}
          view={view}
          isBusy={outcome.kind === 'running'}
          isChanged={text !== answered.query}
          download={download}
          onView={setView}
        />
      )}
    </section>
  );
}

function Waiting() {
  return (
    <Panel flush>
      <div className={classes.waiting}>
        <Skeleton height={16} width={180} mb={18} />
        {[1, 2, 3, 4, 5, 6, 7].map((n) => (
          <Skeleton key={n} height={12} mb={20} />
        ))}
      </div>
    </Panel>
  );
}

function isAboutQuery(error: unknown): error is ProblemError {
  return error instanceof ProblemError && error.problem.code.startsWith('sql_');
}

function say(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'running':
      return words.runningNow;
    case 'answered':
      return words.summary(outcome.answer.rows.length, sayDuration(outcome.answer.duration_ms));
    case 'canceled':
      return words.canceled;
    default:
      return '';
  }
}
