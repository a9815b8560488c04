import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { NetworkFailure, ProblemError } from './problem-error.ts';
import { reachability } from './reachability.ts';
import { sessionEnded } from './session-end.ts';

/** A request that failed for want of an answer is sent again this often before its screen says so. */
const RETRIES = 2;

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: notice }),
  mutationCache: new MutationCache({ onError: noticeChange }),
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (failures, error) => !(error instanceof ProblemError) && failures < RETRIES,
      // Offline, a request fails at once and its screen says so, instead of waiting unseen.
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});

/**
 * A session that ended while somebody worked: they sign in again where they are, and lose nothing. A service
 * that does not answer: the app says so until it does.
 */
function notice(error: Error): void {
  if (error instanceof ProblemError && error.isSignedOut) sessionEnded.announce();
  if (error instanceof NetworkFailure) reachability.lost();
}

/** A change whose answer is lost may have happened: whatever is known is old. */
function noticeChange(error: Error): void {
  notice(error);
  if (error instanceof NetworkFailure) void queryClient.invalidateQueries({ refetchType: 'none' });
}

// Once the service answers again, so do the screens that it failed.
reachability.subscribe(() => {
  if (!reachability.isReachable()) return;
  void queryClient.refetchQueries({
    type: 'active',
    predicate: ({ state }) => state.status === 'error' || state.isInvalidated,
  });
});
