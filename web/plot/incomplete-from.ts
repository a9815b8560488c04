/** Steps between places may differ by this much: months, clocks that change. */
const LONGEST = 1.15;

/**
 * From which place on the numbers may still grow: the last day, week or month of a chart that was fetched
 * before it was over. Null if all are final, or nobody can tell.
 *
 * @param times ms, ascending
 * @param asOf ms: when the data was fetched
 */
export function incompleteFrom(times: readonly number[], asOf: number): number | null {
  const last = times.at(-1);
  const before = times.at(-2);
  const earlier = times.at(-3);
  if (last === undefined || before === undefined) return null;
  const step = Math.max(last - before, earlier === undefined ? 0 : before - earlier) * LONGEST;
  // A place whose time lies ahead of the fetch by far is no period that was running.
  return last <= asOf + step && asOf < last + (last - before) ? before : null;
}
