import { useEffect, useRef, useState } from 'react';
import { type Connection, type Followed, followEvents } from './event-connection.ts';

export type { Connection, Followed } from './event-connection.ts';

/**
 * Follows server-sent events of the API while a component is there; see `followEvents`.
 *
 * @param path under `/api/v1`; null follows nothing
 * @param names of the events to hear; `ended` is always heard
 * @param onEvent is called for each, in order; may change from render to render
 */
export function useFollow(
  path: string | null,
  names: readonly string[],
  onEvent: (event: Followed) => void,
): Connection {
  const [connection, setConnection] = useState<Connection>('connecting');
  const heard = useRef(onEvent);
  heard.current = onEvent;
  const list = names.join(' ');
  useEffect(() => {
    setConnection('connecting');
    if (path === null) return;
    return followEvents(`/api/v1${path}`, list.split(' '), {
      onEvent: (event) => heard.current(event),
      onConnection: setConnection,
    });
  }, [path, list]);
  return connection;
}
