import { ActionIcon, Button, Input, NativeSelect, Text, Tooltip } from '@mantine/core';
import { memo, useId } from 'react';
import { TbRestore } from 'react-icons/tb';
import { words } from '../../words/tables.ts';
import type { TableChoice } from '../draft.ts';
import { RowField } from './row-field.tsx';
import type { TableRow } from './table-plan.ts';
import classes from './tables.module.css';
import type { LayerChoice } from './use-table-plan.ts';

interface RowProps {
  readonly row: TableRow;
  readonly layers: readonly LayerChoice[];
  /** Of the list of folders that the layer has. */
  readonly foldersId: string;
  readonly onChange: (stream: string, changes: TableChoice) => void;
}

/** One stream: its place, the name of its table, and a note on what it is for. Light, for there may be hundreds. */
export const TableRowFields = memo(
  ({ row, layers, foldersId, onChange }: RowProps) => {
    const id = useId();
    const { stream, title, tableIssue, fix } = row;
    const { columns } = words;
    const called = title ?? stream;
    const change = (changes: TableChoice) => onChange(stream, changes);
    return (
      <li className={classes.row}>
        <div className={classes.stream}>
          <Text size="sm" fw={600} truncate="end" title={called}>
            {called}
          </Text>
          {title !== null && (
            <Text size="xs" c="dimmed" className={classes.code}>
              {stream}
            </Text>
          )}
        </div>
        <RowField id={`${id}-layer`} label={columns.layer} error={row.layerIssue}>
          <NativeSelect
            size="xs"
            aria-label={words.of(columns.layer, called)}
            value={row.layer}
            error={row.layerIssue !== undefined}
            aria-describedby={`${id}-layer`}
            onChange={(event) => change({ layer: event.currentTarget.value })}
          >
            {row.layerIssue !== undefined && <option value={row.layer}>{row.layer}</option>}
            {layers.map(({ name, title: layer }) => (
              <option key={name} value={name}>
                {layer}
              </option>
            ))}
          </NativeSelect>
        </RowField>
        <RowField id={`${id}-folder`} label={columns.folder} error={row.folderIssue}>
          <Input
            size="xs"
            aria-label={words.of(columns.folder, called)}
            list={foldersId}
            placeholder={words.noFolder}
            autoComplete="off"
            value={row.folder}
            error={row.folderIssue !== undefined}
            aria-describedby={`${id}-folder`}
            onChange={(event) => change({ folder: event.currentTarget.value || null })}
          />
        </RowField>
        <RowField
          id={`${id}-table`}
          label={columns.table}
          error={tableIssue}
          hint={row.adopts ? words.adopts : undefined}
          fullName={row.fullName}
          after={
            fix !== undefined && (
              <Button size="compact-xs" variant="default" onClick={() => change({ table: fix })}>
                {words.use(fix)}
              </Button>
            )
          }
        >
          <Input
            size="xs"
            aria-label={words.of(columns.table, called)}
            classNames={{ input: classes.code ?? '' }}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            value={row.table}
            error={tableIssue !== undefined}
            aria-invalid={tableIssue !== undefined}
            aria-describedby={`${id}-table`}
            data-table-name={stream}
            onChange={(event) => change({ table: event.currentTarget.value })}
            rightSectionPointerEvents="all"
            rightSection={
              !row.isSuggested && (
                <Tooltip label={words.reset(row.suggestion)}>
                  <ActionIcon
                    size="sm"
                    variant="subtle"
                    color="gray"
                    aria-label={words.resetOf(called, row.suggestion)}
                    onClick={() => change({ table: row.suggestion })}
                  >
                    <TbRestore size={15} strokeWidth={1.7} aria-hidden />
                  </ActionIcon>
                </Tooltip>
              )
            }
          />
        </RowField>
        <RowField id={`${id}-note`} label={columns.note} error={row.noteIssue}>
          <Input
            size="xs"
            aria-label={words.of(columns.note, called)}
            placeholder={words.notePlaceholder}
            autoComplete="off"
            value={row.note}
            error={row.noteIssue !== undefined}
            aria-describedby={`${id}-note`}
            onChange={(event) => change({ note: event.currentTarget.value })}
          />
        </RowField>
      </li>
    );
  },
  (before, after) => isSameRow(before.row, after.row) && before.layers === after.layers,
);

function isSameRow(a: TableRow, b: TableRow): boolean {
  const entries = new Map<string, unknown>(Object.entries(b));
  return Object.entries(a).every(([key, value]) => entries.get(key) === value);
}
