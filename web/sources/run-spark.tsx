import { sayDuration } from '../parts/quantities.tsx';
import { toneOf } from '../parts/status.tsx';
import { words as parts } from '../words/parts.ts';
import { words } from '../words/sources.ts';
import { type SparkRun, sparkBars } from './spark-bars.ts';

const WIDTH = 6;
const GAP = 3;
const HEIGHT = 26;
/** As many runs as the API tells of; the line keeps its width while there are fewer. */
const PLACES = 10;
const FULL_WIDTH = PLACES * (WIDTH + GAP) - GAP;

const when = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** The last runs of a source as bars: height for how long each took, colour for what came of it. */
export function RunSpark({ runs }: { readonly runs: readonly SparkRun[] }) {
  const bars = sparkBars(runs);
  if (bars.length === 0) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset groups controls, this groups drawings
    <svg
      role="group"
      aria-label={words.history(bars.length)}
      width={FULL_WIDTH}
      height={HEIGHT}
      style={{ display: 'block' }}
    >
      {bars.map(({ run, duration, height }, at) => {
        const name = words.bar(
          parts.statuses[run.status],
          run.started_at === null ? parts.statuses.queued : when.format(new Date(run.started_at)),
          duration === null ? null : sayDuration(duration),
        );
        return (
          // biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: a group of an SVG cannot be acted on
          <g key={run.id} role="img" aria-label={name}>
            <title>{name}</title>
            <rect
              x={at * (WIDTH + GAP)}
              y={HEIGHT * (1 - height)}
              width={WIDTH}
              height={HEIGHT * height}
              rx={1.5}
              fill={toneOf(run.status)}
              opacity={at === bars.length - 1 ? 1 : 0.65}
            />
          </g>
        );
      })}
    </svg>
  );
}
