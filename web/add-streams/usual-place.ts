import { suggestTableName } from '../../src/catalog/table-id.ts';
import type { TablesValue } from '../add-source/tables/table-plan.ts';

/** A stream with the place of its table. */
export interface PlacedStream {
  readonly name: string;
  readonly layer: string;
  readonly folder: string | null;
  readonly table: string;
}

/** Where most streams of a source go: new ones are to stand beside them. */
export function usualPlace(
  streams: readonly PlacedStream[],
): Pick<TablesValue, 'layer' | 'folder' | 'prefix'> {
  return {
    layer: commonest(streams.map(({ layer }) => layer)) ?? 'raw',
    folder: commonest(streams.map(({ folder }) => folder)) ?? null,
    prefix: commonest(streams.map(prefixOf)) ?? '',
  };
}

/** What stands before the suggested name; nothing where the name was chosen. */
function prefixOf({ name, table }: PlacedStream): string {
  const suggested = suggestTableName(name);
  return table.endsWith(suggested) ? table.slice(0, -suggested.length) : '';
}

function commonest<Value>(values: readonly Value[]): Value | undefined {
  const counts = Map.groupBy(values, (value) => value);
  return [...counts].sort(([, a], [, b]) => b.length - a.length)[0]?.[0];
}
