import { ActionIcon, Button, Menu } from '@mantine/core';
import {
  TbCopy,
  TbDots,
  TbPlayerPause,
  TbPlayerPlay,
  TbPlayerPlayFilled,
  TbTrash,
} from 'react-icons/tb';
import { words } from '../words/source.ts';
import type { SourceDetail } from './source-data.ts';
import type { SourceDialogs } from './source-dialogs.tsx';
import type { useChangeSource } from './use-change-source.ts';

/** What can be done with a source: run it, pause it, copy it, delete it. */
export function SourceActions({
  source,
  change,
  isBusy,
  isStarting,
  onRun,
  dialogs,
}: {
  readonly source: SourceDetail;
  readonly change: ReturnType<typeof useChangeSource>;
  readonly isBusy: boolean;
  readonly isStarting: boolean;
  readonly onRun: () => void;
  readonly dialogs: SourceDialogs;
}) {
  const PauseIcon = source.paused ? TbPlayerPlay : TbPlayerPause;
  return (
    <>
      <Menu position="bottom-end" width={180}>
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={words.more}>
            <TbDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<TbCopy size={16} strokeWidth={1.7} aria-hidden />}
            onClick={dialogs.duplicate}
          >
            {words.duplicate}
          </Menu.Item>
          <Menu.Item
            color="red"
            leftSection={<TbTrash size={16} strokeWidth={1.7} aria-hidden />}
            onClick={dialogs.remove}
          >
            {words.remove}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Button
        variant="default"
        leftSection={<PauseIcon size={16} strokeWidth={1.7} aria-hidden />}
        loading={change.isPending}
        onClick={() => change.mutate({ changes: { paused: !source.paused } })}
      >
        {source.paused ? words.resume : words.pause}
      </Button>
      <Button
        leftSection={<TbPlayerPlayFilled size={14} aria-hidden />}
        loading={isStarting}
        disabled={isBusy}
        onClick={onRun}
      >
        {words.runNow}
      </Button>
    </>
  );
}
