import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { type Connection, useFollow } from '../../api/follow.ts';
import { validationQuery } from '../../api/queries.ts';
import type { Check } from './validation.ts';

const EVENTS = ['check'];

/** The checks of a validation, each as it ends. */
export interface LiveChecks {
  readonly checks: readonly Check[];
  readonly connection: Connection;
  readonly hasEnded: boolean;
}

/**
 * Follows the checks of a validation, from the first one on.
 *
 * @param onEnd is called once all have ended and what they found can be read
 */
export function useChecks(id: string | null, onEnd: () => void): LiveChecks {
  const [checks, setChecks] = useState<readonly Check[]>([]);
  const client = useQueryClient();
  const ended = useRef(onEnd);
  ended.current = onEnd;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another validation has other checks
  useEffect(() => setChecks([]), [id]);
  const connection = useFollow(
    id === null ? null : `/validations/${id}/events`,
    EVENTS,
    (event) => {
      if (event.name === 'check' && isCheck(event.data)) {
        const { data } = event;
        setChecks((before) => [...before.filter(({ seq }) => seq !== data.seq), data]);
      }
      if (event.name === 'ended' && id !== null) {
        const query = validationQuery(id);
        // What is being asked now may be answered with the checks of a moment ago.
        void client
          .cancelQueries({ queryKey: query.queryKey })
          .then(() => client.fetchQuery({ ...query, staleTime: 0 }))
          .then(() => ended.current());
      }
    },
  );
  return { checks, connection, hasEnded: connection === 'ended' };
}

function isCheck(data: unknown): data is Check {
  return typeof data === 'object' && data !== null && 'seq' in data && 'ok' in data;
}
