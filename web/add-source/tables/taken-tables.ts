import { queryOptions, useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api, read } from '../../api/client.ts';
import { words } from '../../words/tables.ts';
import type { TakenTable } from './table-plan.ts';

/** Most tables of a page that the API gives. */
const PAGE = '200';

/** A table as far as its name is concerned. */
export interface NamedTable {
  readonly layer: string;
  readonly name: string;
  readonly stream: string | null;
  readonly owner: { readonly stream: string; readonly source: string } | null;
  readonly error: unknown;
}

/** A name that the service refused, and what it said: it is not offered again. */
export interface RefusedTable {
  readonly fullName: string;
  readonly message: string;
}

/** All tables of a layer, page after page. */
function tablesOfLayerQuery(layer: string) {
  return queryOptions({
    queryKey: ['tables', 'names', layer],
    queryFn: async ({ signal }): Promise<readonly NamedTable[]> => {
      const tables: NamedTable[] = [];
      let cursor: string | null = null;
      do {
        const query: { layer: string; limit: string; cursor?: string } = { layer, limit: PAGE };
        if (cursor !== null) query.cursor = cursor;
        const page = await read(api.tables.$get({ query }, { init: { signal } }));
        tables.push(...page.items);
        cursor = page.next_cursor;
      } while (cursor !== null);
      return tables;
    },
    staleTime: 30_000,
  });
}

/** What is taken in these layers. */
export function useTakenTables(layers: readonly string[], refused: readonly RefusedTable[]) {
  const answers = useQueries({
    queries: layers.map(tablesOfLayerQuery),
    combine: (results) => ({
      tables: results.flatMap(({ data }) => data ?? []),
      isPending: results.some(({ isPending }) => isPending),
      error: results.find(({ error }) => error !== null)?.error ?? null,
    }),
  });
  const { tables } = answers;
  const taken = useMemo(() => takenTables(tables, refused), [tables, refused]);
  return { ...answers, taken };
}

/**
 * By full name, whose a table is, as the service sees it (src/service/source-rules.ts): of the stream that fills it,
 * or else of the one that filled it last, which may go on with it.
 */
export function takenTables(
  tables: readonly NamedTable[],
  refused: readonly RefusedTable[],
): ReadonlyMap<string, TakenTable> {
  return new Map([
    ...tables
      .filter(({ owner, error }) => owner !== null || error === null)
      .map((table) => [`${table.layer}.${table.name}`, takenBy(table)] as const),
    ...refused.map(({ fullName, message }) => [fullName, { issueFor: () => message }] as const),
  ]);
}

function takenBy({ owner, stream: last }: NamedTable): TakenTable {
  const { owners, issues } = words;
  return {
    issueFor(stream, isSuggested) {
      const say = issues[isSuggested ? 'takenSuggestion' : 'taken'];
      if (owner !== null) return say(owners.source(owner.source));
      if (last === stream) return null;
      return say(last === null ? owners.other : owners.left(last));
    },
  };
}
