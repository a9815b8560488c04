import { Button, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { words } from '../words/plot.ts';
import { colourOf, isDashed, type Scheme } from './palette.ts';
import classes from './plot.module.css';
import type { PlotSeries } from './plot-spec.ts';

/** So many are shown from the start; the others can be chosen. */
export const SHOWN_AT_FIRST = 10;
const BULK_FROM = 4;

/** The series of a plot, each a switch. */
export function PlotLegend({
  series,
  hidden,
  scheme,
  onChange,
}: {
  readonly series: readonly PlotSeries[];
  readonly hidden: ReadonlySet<string>;
  readonly scheme: Scheme;
  readonly onChange: (hidden: ReadonlySet<string>) => void;
}) {
  const [isOpen, setOpen] = useState(false);
  const shown = isOpen ? series : series.slice(0, SHOWN_AT_FIRST);
  function toggle(name: string) {
    const next = new Set(hidden);
    if (!next.delete(name)) next.add(name);
    onChange(next);
  }
  return (
    <ul className={classes.legend} aria-label={words.legend}>
      {shown.map(({ name }, index) => (
        <li key={name}>
          <UnstyledButton
            className={classes.entry}
            aria-pressed={!hidden.has(name)}
            title={name}
            onClick={() => toggle(name)}
          >
            <span
              className={classes.swatch}
              data-dashed={isDashed(index) || undefined}
              style={{ borderColor: colourOf(index, scheme) }}
            />
            <span>{name || words.unnamed}</span>
          </UnstyledButton>
        </li>
      ))}
      {series.length > SHOWN_AT_FIRST && (
        <li>
          <Button
            size="compact-xs"
            variant="subtle"
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
          >
            {isOpen ? words.fewer : words.more(series.length - SHOWN_AT_FIRST)}
          </Button>
        </li>
      )}
      {series.length >= BULK_FROM && (
        <li>
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            onClick={() => onChange(new Set())}
          >
            {words.showAll}
          </Button>
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            onClick={() => onChange(new Set(series.map(({ name }) => name)))}
          >
            {words.showNone}
          </Button>
        </li>
      )}
    </ul>
  );
}
