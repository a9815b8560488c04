import { Button, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { toHash } from '../explorer/query-link.ts';
import { Code } from '../parts/code.tsx';
import { Panel } from '../parts/panel.tsx';
import { words } from '../words/catalog.ts';
import { duckdbOf, pythonOf, type SnippetTable, sparkOf, sqlOf } from './use-snippets.ts';

/** Code that reads the table, to copy. */
export function UseTab(table: SnippetTable) {
  const sql = sqlOf(table);
  return (
    <Stack>
      <Panel
        title={words.useSql}
        actions={
          <Button
            size="compact-sm"
            variant="default"
            renderRoot={(props) => <Link to="/explorer" hash={toHash(sql)} {...props} />}
          >
            {words.explore}
          </Button>
        }
      >
        <Code text={sql} label={words.copyCode(words.useSql)} />
      </Panel>
      <Text size="sm" c="dimmed">
        {words.useLead}
      </Text>
      {[
        { name: words.useDuckdb, text: duckdbOf(table) },
        { name: words.usePython, text: pythonOf(table) },
        { name: words.useSpark, text: sparkOf(table) },
      ].map(({ name, text }) => (
        <Panel key={name} title={name}>
          <Code text={text} label={words.copyCode(name)} />
        </Panel>
      ))}
    </Stack>
  );
}
