import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { NetworkFailure } from '../api/problem-error.ts';
import { reachability } from '../api/reachability.ts';
import { Page } from '../parts/page.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { words } from '../words/problems.ts';

/** What stands in place of a screen that could not be shown. */
export function ScreenError({ error }: ErrorComponentProps) {
  const router = useRouter();
  // Loads whatever failed again: code and data. A boundary's own reset would show the same failure.
  const retry = () => void router.invalidate();
  const isUnanswered = error instanceof NetworkFailure;
  useEffect(() => {
    if (!isUnanswered) return;
    return reachability.subscribe(() => {
      if (reachability.isReachable()) void router.invalidate();
    });
  }, [isUnanswered, router]);
  return (
    <Page title={isUnanswered ? words.unreachable : words.broken} hiddenTitle>
      <ProblemAlert error={error} onRetry={retry} />
    </Page>
  );
}
