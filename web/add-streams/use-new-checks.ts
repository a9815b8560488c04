import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useChecks } from '../add-source/access/use-checks.ts';
import { api, read } from '../api/client.ts';
import { ProblemError } from '../api/problem-error.ts';
import { validationQuery } from '../api/queries.ts';

/**
 * Checking new charts for a source.
 *
 * @param validationId of the checks that were begun; null: none
 * @param onStart is called with the id of new ones
 */
export function useNewChecks(
  sourceId: string,
  validationId: string | null,
  onStart: (validationId: string) => void,
) {
  const client = useQueryClient();
  const live = useChecks(validationId, () => undefined);
  const query = useQuery({
    ...validationQuery(validationId ?? ''),
    enabled: validationId !== null,
  });
  const start = useMutation({
    mutationFn: (chartIds: readonly string[]) =>
      read(
        api.sources[':id'].validations.$post({
          param: { id: sourceId },
          json: { config: { chart_ids: [...chartIds] } },
        }),
      ),
    onSuccess: (begun) => {
      client.setQueryData(validationQuery(begun.id).queryKey, begun);
      onStart(begun.id);
    },
  });
  const { data, error } = query;
  const isOther = data !== undefined && data.source_id !== sourceId;
  const isUnknown = error instanceof ProblemError && error.problem.status === 404;
  return {
    start,
    live,
    /** What was found, once all is checked. */
    found: data === undefined || isOther || data.status === 'running' ? null : data,
    /** The checks are no longer kept, or were for something else. */
    isGone: validationId !== null && (isOther || isUnknown),
    isChecking:
      start.isPending || (data?.status === 'running' && !isOther && live.connection !== 'ended'),
    /** Why what was found cannot be read. */
    error: isUnknown ? null : error,
    retry: () => void query.refetch(),
    /** The charts that are checked. */
    chartIds: chartIdsOf(data?.config),
  };
}

function chartIdsOf(config: Readonly<Record<string, unknown>> | undefined): readonly string[] {
  const ids = config?.['chart_ids'];
  return Array.isArray(ids) ? ids.map(String) : [];
}
