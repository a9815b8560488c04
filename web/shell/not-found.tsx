import { Button, Code, Stack, Text } from '@mantine/core';
import { Link, useRouterState } from '@tanstack/react-router';
import { EntryFrame } from '../entry/entry-frame.tsx';
import { words } from '../words/shell.ts';

/** What stands at an address that nothing has. */
export function NotFound() {
  const path = useRouterState({ select: (state) => state.location.pathname });
  return (
    <EntryFrame title={words.notFound} lead={words.notFoundHelp}>
      <Stack>
        <Text size="md">
          <Code>{path}</Code>
        </Text>
        <Button
          size="md"
          fullWidth
          renderRoot={(props) => <Link to="/sources" search={{}} {...props} />}
        >
          {words.toSources}
        </Button>
      </Stack>
    </EntryFrame>
  );
}
