import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { forgetWhatRunsChange } from '../api/queries.ts';
import { isActive, type RunDetail } from '../run/run-types.ts';
import { words as parts } from '../words/parts.ts';
import { words } from '../words/sources.ts';
import { LastRun } from './last-run.tsx';
import { LiveRun } from './live-run.tsx';
import { useMayEdit } from './may-edit.ts';
import { sayOutcome } from './outcome.ts';
import { RunNowButton } from './run-now-button.tsx';
import type { SourceListing } from './source-listing.ts';
import { useRunNow } from './use-run-now.ts';

export interface SourceRowParts {
  readonly source: Pick<SourceListing, 'id' | 'name' | 'last_run'>;
  /** Whether its run may be followed event by event. */
  readonly isFollowed: boolean;
  /** Tells whoever does not see the row. */
  readonly onSay: (text: string) => void;
}

/** The same with everything that the list shows of a source. */
export interface ListedSource extends SourceRowParts {
  readonly source: SourceListing;
}

/** What moves in the row of a source, however the row is drawn. */
export function useSourceRow({ source, isFollowed, onSay }: SourceRowParts) {
  const client = useQueryClient();
  const mayRun = useMayEdit();
  const run = useRunNow(source.id);
  const [ended, setEnded] = useState<RunDetail | null>(null);
  // The list may not have heard yet of a run that was started here, or of its end.
  const started = run.data?.source_id === source.id ? run.data : null;
  const listed = source.last_run;
  const known = started !== null && (listed === null || started.id > listed.id) ? started : listed;
  const last = ended !== null && ended.id === known?.id ? ended : known;
  const isBusy = last !== null && isActive(last.status);
  const watched = useRef<string | null>(null);
  // Whether the run's events or the list told of its end: what was started here or seen running is said to
  // have ended, however soon.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each change of the run
  useEffect(() => {
    if (last === null) return;
    if (isBusy) watched.current = last.id;
    else if (watched.current === last.id) {
      watched.current = null;
      forgetWhatRunsChange(client);
      onSay(words.outcome(source.name, parts.statuses[last.status]));
    }
  }, [last?.id, last?.status, started?.id]);
  const status =
    last !== null && isBusy ? (
      <LiveRun
        key={last.id}
        run={last}
        source={source.name}
        isFollowed={isFollowed || last.id === started?.id}
        onEnd={setEnded}
      />
    ) : (
      <LastRun
        run={last}
        outcome={ended !== null && ended === last ? sayOutcome(ended) : undefined}
      />
    );
  const button = (
    <RunNowButton
      source={source.name}
      isBusy={isBusy}
      isPending={run.isPending}
      mayRun={mayRun}
      onRun={() =>
        run.mutate(undefined, {
          onSuccess: ({ id }) => {
            watched.current = id;
          },
        })
      }
    />
  );
  return { status, button, isBusy, mayRun, run, error: run.error, dismiss: run.reset };
}
