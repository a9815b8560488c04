import { Button, Group, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { words } from '../words/plot.ts';
import type { Scheme } from './palette.ts';
import classes from './plot.module.css';
import type { PlotSeries } from './plot-spec.ts';
import { Swatch } from './swatch.tsx';

/** So many are shown from the start; the others can be chosen. */
export const SHOWN_AT_FIRST = 10;
const BULK_FROM = 4;

/** The series of a plot, each a switch; all at once, apart from them. */
export function PlotLegend({
  series,
  hidden,
  scheme,
  isLine,
  onChange,
}: {
  readonly series: readonly PlotSeries[];
  readonly hidden: ReadonlySet<string>;
  readonly scheme: Scheme;
  readonly isLine: boolean;
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
    <div className={classes.legend}>
      <ul className={classes.entries} aria-label={words.legend}>
        {shown.map(({ name }, index) => (
          <li key={name}>
            <UnstyledButton
              className={classes.entry}
              aria-pressed={!hidden.has(name)}
              title={name}
              onClick={() => toggle(name)}
            >
              <Swatch index={index} scheme={scheme} isLine={isLine} />
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
      </ul>
      {series.length >= BULK_FROM && (
        <Group gap={2} wrap="nowrap" className={classes.bulk}>
          <Bulk label={words.showAll} onClick={() => onChange(new Set())} />
          <Bulk
            label={words.showNone}
            onClick={() => onChange(new Set(series.map(({ name }) => name)))}
          />
        </Group>
      )}
    </div>
  );
}

function Bulk({ label, onClick }: { readonly label: string; readonly onClick: () => void }) {
  return (
    <Button size="compact-xs" variant="subtle" color="gray" fw={450} onClick={onClick}>
      {label}
    </Button>
  );
}
