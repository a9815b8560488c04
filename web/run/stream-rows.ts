import type { RunPicture, StreamState } from './run-picture.ts';
import type { StreamResult } from './run-types.ts';

/** One stream in a run as its page shows it. */
export interface StreamRow {
  readonly stream: string;
  readonly title: string | null;
  /** `skipped`: the run ended before it came to this stream. */
  readonly state: StreamState | { readonly phase: 'skipped' };
}

/** How often each thing came of a stream. */
export interface ResultCounts {
  readonly success: number;
  readonly unchanged: number;
  readonly empty: number;
  readonly failed: number;
  /** Streams without a result. */
  readonly open: number;
  /** Of all results together. */
  readonly rows: number;
}

/**
 * The streams of a run, in its order, each where it stands by whatever knows best: the results that are
 * kept, then the events.
 *
 * @param planned streams that the run is to read, where its first event has not said it yet
 * @param titles of the streams, as the source knows them
 */
export function streamRows({
  picture,
  results,
  planned,
  titles,
  hasEnded,
}: {
  readonly picture: RunPicture;
  readonly results: readonly StreamResult[];
  readonly planned: readonly string[];
  readonly titles: ReadonlyMap<string, string | null>;
  readonly hasEnded: boolean;
}): StreamRow[] {
  const kept = new Map(results.map((result) => [result.stream, result]));
  const seen = [...kept.keys(), ...picture.streams.keys()];
  const names = new Set(
    inOrder([...seen, ...(seen.length === 0 || !hasEnded ? planned : [])], planned),
  );
  return [...names].map((stream) => {
    const result = kept.get(stream);
    const state: StreamState =
      result === undefined
        ? (picture.streams.get(stream) ?? { phase: 'pending' })
        : { phase: 'ended', result };
    const found = state.phase === 'ended' ? state.result.title : null;
    return {
      stream,
      title: found ?? titles.get(stream) ?? null,
      state: hasEnded && state.phase !== 'ended' ? { phase: 'skipped' } : state,
    };
  });
}

/** What came of the streams, in numbers. */
export function countResults(rows: readonly StreamRow[]): ResultCounts {
  const counts = { success: 0, unchanged: 0, empty: 0, failed: 0, open: 0, rows: 0 };
  for (const { state } of rows) {
    if (state.phase !== 'ended') {
      counts.open += 1;
      continue;
    }
    counts[state.result.status] += 1;
    counts.rows += state.result.rows ?? 0;
  }
  return counts;
}

/** Where the catalog has the table of a result; null if there is none yet. */
export function placeOf(result: StreamResult): { layer: string; name: string } | null {
  return result.status === 'failed' && result.version === null ? null : splitTable(result.table);
}

/**
 * The table to look at first after a run: of the charts that have rows, the one in which the run changed most, or
 * else the first; null if there is none.
 */
export function firstTable(rows: readonly StreamRow[]): { layer: string; name: string } | null {
  const results = rows.flatMap(({ state, stream }) =>
    state.phase === 'ended' &&
    state.result.error === null &&
    state.result.rows !== 0 &&
    stream !== 'charts_metadata'
      ? [state.result]
      : [],
  );
  const [first] = results.toSorted((a, b) => changedRows(b) - changedRows(a));
  return first === undefined ? null : placeOf(first);
}

/** How many rows a run changed; where it replaced a table and cannot tell, all of them. */
function changedRows({ status, change, rows }: StreamResult): number {
  if (status !== 'success') return 0;
  return change === null ? (rows ?? 0) : change.added + change.removed + change.changed;
}

/** A table's name, `layer.table`, in its parts; null if it is none. */
export function splitTable(table: string): { layer: string; name: string } | null {
  const dot = table.indexOf('.');
  return dot <= 0 ? null : { layer: table.slice(0, dot), name: table.slice(dot + 1) };
}

function inOrder(names: readonly string[], order: readonly string[]): string[] {
  const places = new Map(order.map((name, place) => [name, place]));
  return names.toSorted(
    (a, b) => (places.get(a) ?? order.length) - (places.get(b) ?? order.length),
  );
}
