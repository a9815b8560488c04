import type { TimeDrawing } from './plot-spec.ts';
import { dateLabel, LETTER, widestLabel } from './tick-label.ts';
import { ordinalOf, type TimeStep } from './time-step.ts';
import type { ShownRange } from './zoom-by.ts';

/** How many steps may lie between two labels: what people count in. */
const STRIDES: Readonly<Record<TimeStep | 'other', readonly number[]>> = {
  hour: [1, 2, 3, 4, 6, 12, 24, 48, 72, 168],
  day: [1, 2, 3, 4, 7, 14, 28, 56, 91, 182],
  week: [1, 2, 4, 8, 13, 26, 52],
  month: [1, 2, 3, 6, 12, 24, 60, 120],
  quarter: [1, 2, 4, 8, 20, 40],
  year: [1, 2, 5, 10, 20, 50],
  other: [1, 2, 5, 10, 20, 50, 100],
};

/** px between two labels. */
const GAP = 14;

/**
 * How many steps apart the labels of an axis of time stand, so that they fit beside each other.
 *
 * @param width px that the whole axis has
 */
export function labelEvery(drawing: TimeDrawing, width: number, range: ShownRange): number {
  const { times, step } = drawing;
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  const steps = step === null ? times.length - 1 : ordinalOf(last, step) - ordinalOf(first, step);
  const shown = (Math.max(1, steps) * (range.end - range.start)) / 100;
  const least = (shown * (widestLabel(drawing) * LETTER + GAP)) / Math.max(1, width);
  const strides = STRIDES[step ?? 'other'];
  let every = strides.find((stride) => stride >= least) ?? strides.at(-1) ?? 1;
  while (every < least) every *= 2;
  return every;
}

/** The places that get a label, in ms: always places of the data itself. */
export function dateTicks({ times, step }: TimeDrawing, every: number): number[] {
  if (step === null) return times.filter((_, at) => at % every === 0);
  // Hours count from midnight, months from January, whole weeks from Monday; others from the first place.
  const isRound = (step !== 'day' && step !== 'week') || (step === 'day' && every % 7 === 0);
  const start = isRound ? 0 : ordinalOf(times[0] ?? 0, step);
  return times.filter(
    (ms, at) => ms !== times[at - 1] && (ordinalOf(ms, step) - start) % every === 0,
  );
}

/** What stands at each tick: the day or year only where it is another one than before. */
export function tickFormatter(drawing: TimeDrawing, ticks: readonly number[], every: number) {
  const before = new Map(ticks.map((ms, at) => [ms, ticks[at - 1] ?? null]));
  return (ms: number, index: number) =>
    dateLabel(drawing, every, ms, index === 0 ? null : (before.get(ms) ?? null));
}
