import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { layersQuery } from '../../api/queries.ts';
import { type PlannedStream, planTables, type TablePlan, type TablesValue } from './table-plan.ts';
import { type RefusedTable, useTakenTables } from './taken-tables.ts';

/** A layer that tables may stand in. */
export interface LayerChoice {
  readonly name: string;
  readonly title: string;
  readonly folders: readonly string[];
}

/** What a plan of tables is shown with. */
export interface PlannedTables {
  /** Null until the layers are known. */
  readonly plan: TablePlan | null;
  readonly layers: readonly LayerChoice[];
  /** The names that are taken are being read. */
  readonly isChecking: boolean;
  /** Why the layers are not known. */
  readonly error: Error | null;
  /** The names that are taken could not be read: the service tells in the end. */
  readonly isUnchecked: boolean;
  readonly retry: () => void;
}

const NONE: readonly RefusedTable[] = [];

/** The tables of streams, planned against what is in the catalog. */
export function useTablePlan(
  value: TablesValue,
  streams: readonly PlannedStream[],
  refused: readonly RefusedTable[] = NONE,
): PlannedTables {
  const layers = useQuery(layersQuery);
  const names = layers.data?.items.map(({ name }) => name);
  const used = usedLayers(value).filter((layer) => names?.includes(layer) ?? false);
  const { taken, isPending, error } = useTakenTables(used, refused);
  const { layer, folder, prefix, tables } = value;
  const known = names?.join(' ');
  const plan = useMemo(() => {
    if (known === undefined) return null;
    const surroundings = { layers: known.split(' '), taken };
    return planTables({ layer, folder, prefix, tables }, streams, surroundings);
  }, [layer, folder, prefix, tables, streams, known, taken]);
  return {
    plan,
    layers: layers.data?.items ?? [],
    isChecking: isPending,
    error: layers.data === undefined ? layers.error : null,
    isUnchecked: error !== null,
    retry: () => void layers.refetch(),
  };
}

function usedLayers({ layer, tables }: TablesValue): readonly string[] {
  const own = Object.values(tables).flatMap((choice) => choice.layer ?? []);
  return [...new Set([layer, ...own])];
}
