import { useEffect, useReducer, useRef } from 'react';
import { type Connection, type Followed, useFollow } from '../api/follow.ts';
import { NOTHING_SEEN, type RunPicture, seeEvents } from './run-picture.ts';
import { RUN_EVENTS } from './run-types.ts';

/** Events that come within this time, in ms, are drawn together: the log of an old run comes all at once. */
const GATHER_MS = 60;

/**
 * Follows a run from its first event on. Give the component that uses it the run's id as its `key`.
 *
 * @param id null follows nothing
 */
export function useRunEvents(id: string | null): {
  readonly picture: RunPicture;
  readonly connection: Connection;
} {
  const [picture, see] = useReducer(seeEvents, NOTHING_SEEN);
  const gathered = useRef<Followed[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const connection = useFollow(id === null ? null : `/runs/${id}/events`, RUN_EVENTS, (event) => {
    gathered.current.push(event);
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      const events = gathered.current;
      gathered.current = [];
      see(events);
    }, GATHER_MS);
  });
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [],
  );
  return { picture, connection };
}
