import type { StreamResult } from '../run/run-types.ts';
import type { Stream, Table } from './source-data.ts';

/** A stream with what is known of it. */
export interface ListedStream {
  readonly stream: Stream;
  readonly title: string | null;
  /** What came of it when it was last read. */
  readonly result: StreamResult | null;
  /** Its table, once there is one. */
  readonly table: Table | null;
}

/** The streams of a source in its order, each with its last result and its table. */
export function listStreams(
  streams: readonly Stream[],
  results: ReadonlyMap<string, StreamResult> | undefined,
  tables: ReadonlyMap<string, Table> | undefined,
): ListedStream[] {
  return streams.map((stream) => {
    const result = results?.get(stream.name) ?? null;
    const table = tables?.get(stream.name) ?? null;
    return { stream, title: stream.title ?? result?.title ?? table?.title ?? null, result, table };
  });
}

/** The streams whose name, title, table or note hold a text, in whatever case. */
export function findStreams(streams: readonly ListedStream[], text: string): ListedStream[] {
  const wanted = text.trim().toLowerCase();
  return streams.filter(({ stream, title }) =>
    [stream.name, title ?? '', tableName(stream), stream.folder ?? '', stream.note].some((part) =>
      part.toLowerCase().includes(wanted),
    ),
  );
}

/** The table of a stream as SQL names it. */
export function tableName({ layer, table }: Pick<Stream, 'layer' | 'table'>): string {
  return `${layer}.${table}`;
}
