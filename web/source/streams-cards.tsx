import { Group, Text } from '@mantine/core';
import { Count } from '../parts/quantities.tsx';
import { words } from '../words/source.ts';
import classes from './source.module.css';
import { LastChange, StreamPlace, StreamStatus, StreamTitle } from './stream-facts.tsx';
import type { ListedStream } from './stream-list.ts';
import { type StreamActions, StreamMenu } from './stream-menu.tsx';

/** Streams as a list, for narrow windows. */
export function StreamsCards({
  streams,
  actions,
}: {
  readonly streams: readonly ListedStream[];
  readonly actions: StreamActions | null;
}) {
  const { columns } = words;
  return (
    <ul className={classes.cards} aria-label={words.streams}>
      {streams.map((listed) => (
        <li key={listed.stream.name}>
          <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
            <StreamTitle listed={listed} />
            {actions !== null && <StreamMenu listed={listed} actions={actions} />}
          </Group>
          <StreamStatus listed={listed} />
          <StreamPlace listed={listed} />
          <div className={classes.cardFacts}>
            {listed.table?.rows != null && (
              <span>
                {columns.rows} <Count n={listed.table.rows} />
              </span>
            )}
            <span>
              {columns.changed} <LastChange listed={listed} />
            </span>
          </div>
          {listed.stream.note !== '' && <Text size="xs">{listed.stream.note}</Text>}
        </li>
      ))}
    </ul>
  );
}
