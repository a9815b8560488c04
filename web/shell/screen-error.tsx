import type { ErrorComponentProps } from '@tanstack/react-router';
import { Page } from '../parts/page.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { words } from '../words/problems.ts';

/** What stands in place of a screen that could not be shown. */
export function ScreenError({ error, reset }: ErrorComponentProps) {
  return (
    <Page title={words.broken} hiddenTitle>
      <ProblemAlert error={error} onRetry={reset} />
    </Page>
  );
}
