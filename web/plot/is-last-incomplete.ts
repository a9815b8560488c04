/** Steps between places may differ by this much: months, clocks that change. */
const LONGEST = 1.15;

/**
 * Whether the last numbers may still grow: those of the day, week or month of a chart that was fetched before
 * it was over. Not if nobody can tell.
 *
 * @param times ms, ascending
 * @param asOf ms: when the data was fetched
 */
export function isLastIncomplete(times: readonly number[], asOf: number): boolean {
  const last = times.at(-1);
  const before = times.at(-2);
  const earlier = times.at(-3);
  if (last === undefined || before === undefined) return false;
  const step = Math.max(last - before, earlier === undefined ? 0 : before - earlier) * LONGEST;
  // A place whose time lies ahead of the fetch by far is no period that was running.
  return last <= asOf + step && asOf < last + (last - before);
}
