import { useEffect, useRef, useState } from 'react';

/** One event as the service sent it. */
export interface Followed {
  /** Its name, such as `stream_ended`. */
  readonly name: string;
  readonly data: unknown;
}

export type Connection = 'connecting' | 'live' | 'lost' | 'ended';

/**
 * Follows server-sent events of the API: from the first one on, then live, until `ended`. The browser
 * connects again by itself and goes on after the last event that it saw (HTML, "Server-sent events").
 *
 * @param path under `/api/v1`; null follows nothing
 * @param names of the events to hear; `ended` is always heard
 * @param onEvent is called for each, in order; may change from render to render
 * @returns whether events come: `lost` while the browser tries to connect again
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
    if (path === null) return;
    setConnection('connecting');
    const source = new EventSource(`/api/v1${path}`);
    source.onopen = () => setConnection('live');
    source.onerror = () => setConnection('lost');
    for (const name of new Set([...list.split(' '), 'ended'])) {
      source.addEventListener(name, (event) => {
        heard.current({ name, data: JSON.parse(event.data) });
        if (name !== 'ended') return;
        source.close();
        setConnection('ended');
      });
    }
    return () => source.close();
  }, [path, list]);
  return connection;
}
