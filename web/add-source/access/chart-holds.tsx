import { Count } from '../../parts/quantities.tsx';
import { words } from '../../words/add-source.ts';
import { type Check, sayLayout } from './validation.ts';

/** What a chart holds: its layout, and how many records that makes. */
export function ChartHolds({
  check,
  otherwise = null,
}: {
  readonly check: Check;
  /** Said of what has no layout. */
  readonly otherwise?: string | null;
}) {
  const layout = sayLayout(check) ?? otherwise;
  if (check.records === null) return layout;
  return (
    <>
      {layout !== null && `${layout} = `}
      <Count n={check.records} /> {words.checks.recordsOf(check.records)}
    </>
  );
}
