import { useRouterState } from '@tanstack/react-router';
import type { RefusedTable } from './taken-tables.ts';

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** Names that the service refused when somebody wanted to finish. */
    refusedTables?: readonly RefusedTable[];
  }
}

const NONE: readonly RefusedTable[] = [];

/** The names that the service refused, brought along by the link that led here; a reload keeps them. */
export function useRefusedTables(): readonly RefusedTable[] {
  return useRouterState({ select: ({ location }) => location.state.refusedTables }) ?? NONE;
}
