import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { tableQuery } from '../api/queries.ts';
import type { Names } from './completion.ts';
import { namesQuery } from './explorer-queries.ts';
import { SYSTEM_TABLES } from './system-tables.ts';

const OWN = Object.keys(SYSTEM_TABLES).map((name) => ({ name, title: null }));

/** Names for the completion, asked from the service when they are needed and kept for a while. */
export function useNames(): Names {
  const client = useQueryClient();
  return useMemo(
    () => ({
      async tables(text) {
        try {
          const first = await client.ensureQueryData(namesQuery(''));
          const isAll = first.next_cursor === null;
          const { items } =
            isAll || text === '' ? first : await client.ensureQueryData(namesQuery(text));
          const tables = items.map(({ layer, name, title }) => ({
            name: `${layer}.${name}`,
            title,
          }));
          return { items: [...tables, ...OWN], isAll };
        } catch {
          // Without names there is no completion; whatever is wrong shows when the query runs.
          return { items: OWN, isAll: false };
        }
      },
      async columns(table) {
        const own = SYSTEM_TABLES[table];
        if (own !== undefined) return own;
        const [layer = '', name = ''] = table.split('.');
        try {
          const { columns } = await client.ensureQueryData(tableQuery(layer, name));
          return columns.map((column) => column.name);
        } catch {
          return [];
        }
      },
    }),
    [client],
  );
}
