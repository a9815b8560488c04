import { ActionIcon, Button, Menu } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { TbDots, TbDownload, TbNote, TbPencil, TbTrash } from 'react-icons/tb';
import { useMayEdit } from '../sources/may-edit.ts';
import { words } from '../words/catalog.ts';
import { DropDialog } from './drop-dialog.tsx';
import { MoveDialog } from './move-dialog.tsx';
import { NoteDialog } from './note-dialog.tsx';
import type { TableDetail } from './table-types.ts';

const route = getRouteApi('/app/catalog/$layer/$name');
const FORMATS = ['csv', 'parquet', 'jsonl', 'arrow'] as const;

/** What can be done with a table: have it as a file, move it, drop it. */
export function TableActions({ table }: { readonly table: TableDetail }) {
  const mayEdit = useMayEdit();
  const { version } = route.useSearch();
  const [dialog, setDialog] = useState<'note' | 'move' | 'drop' | null>(null);
  const looked = version ?? table.version;
  const path = `/api/v1/tables/${table.layer}/${table.name}/export`;
  return (
    <>
      {table.error === null && (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button
              variant="default"
              leftSection={<TbDownload size={16} strokeWidth={1.7} aria-hidden />}
            >
              {words.download}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {looked !== null && <Menu.Label>{words.downloadOf(looked)}</Menu.Label>}
            {FORMATS.map((format) => (
              <Menu.Item
                key={format}
                component="a"
                download
                href={`${path}?format=${format}${version === undefined ? '' : `&version=${version}`}`}
              >
                {words.formats[format]}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={words.actions}>
            <TbDots size={18} strokeWidth={1.7} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown maw={280}>
          {!mayEdit && <Menu.Label>{words.viewerHint}</Menu.Label>}
          {table.owner !== null && (
            <Menu.Item
              disabled={!mayEdit}
              leftSection={<TbNote size={16} strokeWidth={1.7} aria-hidden />}
              onClick={() => setDialog('note')}
            >
              {words.editNote}
            </Menu.Item>
          )}
          <Menu.Item
            disabled={!mayEdit}
            leftSection={<TbPencil size={16} strokeWidth={1.7} aria-hidden />}
            onClick={() => setDialog('move')}
          >
            {words.move}
          </Menu.Item>
          <Menu.Item
            color="red"
            disabled={!mayEdit}
            leftSection={<TbTrash size={16} strokeWidth={1.7} aria-hidden />}
            onClick={() => setDialog('drop')}
          >
            {words.drop}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {dialog === 'note' && table.owner !== null && (
        <NoteDialog owner={table.owner} onClose={() => setDialog(null)} />
      )}
      {dialog === 'move' && <MoveDialog table={table} onClose={() => setDialog(null)} />}
      {dialog === 'drop' && <DropDialog table={table} onClose={() => setDialog(null)} />}
    </>
  );
}
