import { Button, Group, Text } from '@mantine/core';
import { TbAlertCircle } from 'react-icons/tb';
import type { Problem } from '../../src/server/problem.ts';
import { Notice } from '../parts/notice.tsx';
import { words } from '../words/explorer.ts';
import classes from './explorer.module.css';
import { lineAt } from './line-at.ts';
import type { Place } from './span-at.ts';

/** What is wrong with a query, where, and what to do about it. */
export function QueryProblem({
  problem: { detail, help, place },
  query,
  isChanged,
  onGoTo,
}: {
  readonly problem: Problem;
  readonly query: string;
  /** Whether the editor has another text by now: the place is not to be found there. */
  readonly isChanged: boolean;
  readonly onGoTo: (place: Place) => void;
}) {
  return (
    <Notice tone="bad" icon={TbAlertCircle} title={detail} role="alert">
      <Text size="sm" mt={2}>
        {help}
      </Text>
      {place !== null && (
        <>
          <Excerpt query={query} place={place} />
          <Group gap="sm" mt="sm">
            <Button
              size="compact-sm"
              variant="default"
              disabled={isChanged}
              onClick={() => onGoTo(place)}
            >
              {words.goToPlace(place.line, place.column)}
            </Button>
            {isChanged && (
              <Text size="xs" c="dimmed">
                {words.changed}
              </Text>
            )}
          </Group>
        </>
      )}
    </Notice>
  );
}

/** The line of the mistake, with the word marked. */
function Excerpt({ query, place }: { readonly query: string; readonly place: Place }) {
  const { before, word, after } = lineAt(query, place);
  return (
    <pre className={classes.excerpt}>
      <span aria-hidden className={classes.lineNumber}>
        {place.line}
      </span>
      <code>
        {before}
        <mark>{word}</mark>
        {after}
      </code>
    </pre>
  );
}
