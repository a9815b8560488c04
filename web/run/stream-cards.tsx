import { Text } from '@mantine/core';
import { Count, Duration } from '../parts/quantities.tsx';
import { words } from '../words/run.ts';
import classes from './run.module.css';
import { ChangeOf, hasNotes, StreamName, StreamNotes, TableLink } from './stream-cells.tsx';
import type { StreamRow } from './stream-rows.ts';
import { StreamStateSign } from './stream-state.tsx';

/** The streams of a run as a list, for narrow windows. */
export function StreamCards({ rows }: { readonly rows: readonly StreamRow[] }) {
  const { columns } = words;
  return (
    <ul className={classes.cards} aria-label={words.streams}>
      {rows.map((row) => {
        const result = row.state.phase === 'ended' ? row.state.result : null;
        return (
          <li key={row.stream}>
            <StreamName row={row} />
            <StreamStateSign state={row.state} />
            {result !== null && (
              <Text component="div" size="xs" className={classes.cardFacts}>
                <span>
                  {columns.rows} {result.rows === null ? words.none : <Count n={result.rows} />}
                </span>
                <span>
                  {columns.change} <ChangeOf change={result.change} />
                </span>
                <span>
                  {columns.version} {result.version ?? words.none}
                </span>
                <span>
                  {columns.duration} <Duration ms={result.duration_ms} />
                </span>
                <TableLink result={result} />
              </Text>
            )}
            {result !== null && hasNotes(row) && <StreamNotes result={result} />}
          </li>
        );
      })}
    </ul>
  );
}
