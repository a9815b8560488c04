import { queryOptions } from '@tanstack/react-query';
import { patientFetch } from '../api/patient-fetch.ts';
import { ProblemError, readProblem } from '../api/problem-error.ts';

/** The version of the service, from the description of its API. */
export const versionQuery = queryOptions({
  queryKey: ['about', 'version'],
  queryFn: async ({ signal }) => {
    const answer = await patientFetch('/api/openapi.json', { signal });
    if (!answer.ok) throw new ProblemError(await readProblem(answer));
    return readVersion(await answer.json());
  },
  staleTime: Number.POSITIVE_INFINITY,
});

/** Why the service cannot do its work; empty if it can. */
export const healthQuery = queryOptions({
  queryKey: ['about', 'health'],
  queryFn: async ({ signal }) => {
    const answer = await patientFetch('/readyz', { signal });
    // 503 is an answer too: it has the reasons.
    if (!answer.ok && answer.status !== 503) throw new ProblemError(await readProblem(answer));
    return readReasons(await answer.json());
  },
});

/** Exported for its test. */
export function readVersion(description: unknown): string | null {
  const info = property(description, 'info');
  const version = property(info, 'version');
  return typeof version === 'string' ? version : null;
}

/** Exported for its test. */
export function readReasons(answer: unknown): readonly string[] {
  const reasons = property(answer, 'reasons');
  return Array.isArray(reasons) ? reasons.filter((reason) => typeof reason === 'string') : [];
}

function property(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}
