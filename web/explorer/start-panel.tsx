import { Anchor, Button, Group, Skeleton, Text, Title, UnstyledButton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { TbInfoCircle, TbPlayerPlayFilled } from 'react-icons/tb';
import { Notice } from '../parts/notice.tsx';
import { Panel } from '../parts/panel.tsx';
import { words } from '../words/explorer.ts';
import type { Example } from './examples.ts';
import classes from './explorer.module.css';

/** Where there is no result yet: what to begin with. */
export function StartPanel({
  hasTables,
  examples,
  onRun,
}: {
  readonly hasTables: boolean;
  /** Null while it is not known yet which tables there are. */
  readonly examples: readonly Example[] | null;
  readonly onRun: (query: string) => void;
}) {
  return (
    <Panel>
      {!hasTables && (
        <div className={classes.noTables}>
          <Notice tone="quiet" icon={TbInfoCircle} title={words.noTablesTitle}>
            <Text size="sm">
              {words.noTables}{' '}
              <Anchor inherit renderRoot={(props) => <Link to="/sources" {...props} />}>
                {words.toSources}
              </Anchor>
            </Text>
          </Notice>
        </div>
      )}
      <Title order={2} size="h3">
        {words.start}
      </Title>
      <Text size="sm" c="dimmed">
        {words.startHelp}
      </Text>
      <ul className={classes.examples}>
        {examples === null &&
          [1, 2, 3, 4].map((n) => (
            <li key={n}>
              <Skeleton height={126} radius="lg" />
            </li>
          ))}
        {examples?.map(({ title, query }) => (
          <li key={title}>
            <UnstyledButton
              className={classes.example}
              title={words.runExample}
              onClick={() => onRun(query)}
            >
              <span className={classes.exampleTitle}>
                <TbPlayerPlayFilled size={12} aria-hidden />
                {title}
              </span>
              <code>{query}</code>
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** Where a query waits to be run, such as one that came with a link. */
export function ReadyPanel({
  isReplacement,
  onBringBack,
}: {
  /** Whether it took the place of another. */
  readonly isReplacement: boolean;
  readonly onBringBack: () => void;
}) {
  return (
    <Panel>
      <Group justify="space-between" gap="sm">
        <div>
          <Title order={2} size="h3">
            {words.ready}
          </Title>
          <Text size="sm" c="dimmed">
            {words.readyHelp}
            {isReplacement && ` ${words.replaced}`}
          </Text>
        </div>
        {isReplacement && (
          <Button variant="default" onClick={onBringBack}>
            {words.bringBack}
          </Button>
        )}
      </Group>
    </Panel>
  );
}
