import { useSuspenseQuery } from '@tanstack/react-query';
import { sessionQuery } from '../api/queries.ts';

/** Whether who looks may change and run sources; viewers may not. */
export function useMayEdit(): boolean {
  return useSuspenseQuery(sessionQuery).data.role !== 'viewer';
}
