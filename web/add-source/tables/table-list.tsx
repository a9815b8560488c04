import { Button, Group, Switch, Text, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import { TbSearch } from 'react-icons/tb';
import { Panel } from '../../parts/panel.tsx';
import { words } from '../../words/tables.ts';
import type { TableChoice } from '../draft.ts';
import { hasIssue, type TableRow } from './table-plan.ts';
import { TableRowFields } from './table-row-fields.tsx';
import classes from './tables.module.css';
import type { LayerChoice } from './use-table-plan.ts';

/** From so many streams on they can be searched. */
const SEARCHABLE = 9;
/** From so many on, only those in sight are laid out. */
const MANY = 40;

/** Every stream with its place, name and note. */
export function TableList({
  rows,
  layers,
  onChange,
}: {
  readonly rows: readonly TableRow[];
  readonly layers: readonly LayerChoice[];
  readonly onChange: (stream: string, changes: TableChoice) => void;
}) {
  const id = useId();
  const [text, setText] = useState('');
  const [onlyIssues, setOnlyIssues] = useState(false);
  const issues = rows.filter(hasIssue).length;
  const isNarrowed = onlyIssues && issues > 0;
  const shown = rows.filter((row) => matches(row, text) && (!isNarrowed || hasIssue(row)));
  const { columns } = words;
  return (
    <Panel
      flush
      title={words.tables}
      actions={
        <Text size="sm" c="dimmed" aria-live="polite">
          {words.count(shown.length)}
        </Text>
      }
    >
      {rows.length >= SEARCHABLE && (
        <Group className={classes.filters} gap="md">
          <TextInput
            className={classes.search}
            aria-label={words.find}
            placeholder={words.findHint}
            leftSection={<TbSearch size={16} strokeWidth={1.7} aria-hidden />}
            type="search"
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Switch
            label={words.onlyIssues(issues)}
            checked={isNarrowed}
            disabled={issues === 0}
            onChange={(event) => setOnlyIssues(event.currentTarget.checked)}
          />
        </Group>
      )}
      {layers.map(({ name, folders }) => (
        <datalist key={name} id={`${id}-${name}`}>
          {folders.map((folder) => (
            <option key={folder} value={folder} />
          ))}
        </datalist>
      ))}
      <div className={classes.head} aria-hidden>
        <span>{columns.stream}</span>
        <span>{columns.layer}</span>
        <span>{columns.folder}</span>
        <span>{columns.table}</span>
        <span>{columns.note}</span>
      </div>
      <ul className={classes.rows} data-many={shown.length > MANY || undefined}>
        {shown.map((row) => (
          <TableRowFields
            key={row.stream}
            row={row}
            layers={layers}
            foldersId={`${id}-${row.layer}`}
            onChange={onChange}
          />
        ))}
      </ul>
      {shown.length === 0 && (
        <Group p="lg" justify="center" gap="sm">
          <Text c="dimmed">{words.noneFound}</Text>
          <Button
            variant="default"
            size="compact-sm"
            onClick={() => {
              setText('');
              setOnlyIssues(false);
            }}
          >
            {words.showAll}
          </Button>
        </Group>
      )}
    </Panel>
  );
}

function matches({ stream, title, table }: TableRow, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  return [stream, title ?? '', table].some((part) => part.toLowerCase().includes(wanted));
}
