import { ActionIcon, Menu } from '@mantine/core';
import { TbDots, TbPencil, TbTrash } from 'react-icons/tb';
import { words } from '../words/source.ts';
import type { Stream } from './source-data.ts';
import type { ListedStream } from './stream-list.ts';

/** What can be done with a stream. */
export interface StreamActions {
  readonly edit: (stream: Stream) => void;
  readonly remove: (stream: Stream) => void;
}

/** The menu of one stream. */
export function StreamMenu({
  listed: { stream },
  actions,
}: {
  readonly listed: ListedStream;
  readonly actions: StreamActions;
}) {
  return (
    <Menu position="bottom-end" width={180}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={28}
          aria-label={words.streamActions(stream.name)}
        >
          <TbDots size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<TbPencil size={16} strokeWidth={1.7} aria-hidden />}
          onClick={() => actions.edit(stream)}
        >
          {words.edit}
        </Menu.Item>
        {isChart(stream) && (
          <Menu.Item
            color="red"
            leftSection={<TbTrash size={16} strokeWidth={1.7} aria-hidden />}
            onClick={() => actions.remove(stream)}
          >
            {words.removeChart}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

/** What tells about the charts cannot be taken out: it can be deselected. */
function isChart({ name }: Stream): boolean {
  return name.startsWith('chart_');
}
