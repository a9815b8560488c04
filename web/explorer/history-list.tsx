import { Button, Text, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { Confirm } from '../parts/confirm.tsx';
import { Ago } from '../parts/moment.tsx';
import { sayDuration } from '../parts/quantities.tsx';
import { words } from '../words/explorer.ts';
import classes from './explorer.module.css';
import type { HistoryItem } from './history.ts';
import { tellApart } from './tell-apart.ts';

/** The queries that were run, newest first; each can be had again. */
export function HistoryList({
  history,
  onLoad,
  onForget,
}: {
  readonly history: readonly HistoryItem[];
  readonly onLoad: (query: string) => void;
  readonly onForget: () => void;
}) {
  const [asks, setAsks] = useState(false);
  if (history.length === 0) return <p className={classes.quiet}>{words.historyEmpty}</p>;
  const queries = history.map(({ query }) => query);
  return (
    <>
      <ul className={classes.list}>
        {history.map(({ query, at, rows, durationMs }) => (
          <li key={query}>
            <UnstyledButton className={classes.item} title={query} onClick={() => onLoad(query)}>
              <code>{tellApart(query, queries)}</code>
              <span className={classes.small}>
                {rows === null ? (
                  <span className={classes.failed}>{words.historyFailed}</span>
                ) : (
                  words.historyRows(rows, sayDuration(durationMs))
                )}
                {' · '}
                <Ago at={at} />
              </span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
      <div className={classes.sideFoot}>
        <Button size="compact-sm" variant="subtle" color="gray" onClick={() => setAsks(true)}>
          {words.historyClear}
        </Button>
      </div>
      <Confirm
        opened={asks}
        title={words.historyClearAsk}
        action={words.historyClear}
        onConfirm={async () => onForget()}
        onClose={() => setAsks(false)}
      >
        <Text size="sm">{words.historyClearHelp(history.length)}</Text>
      </Confirm>
    </>
  );
}
