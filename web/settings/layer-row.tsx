import { ActionIcon, Badge, Code, Group, Text, Tooltip } from '@mantine/core';
import { TbPencil, TbTrash } from 'react-icons/tb';
import { Count } from '../parts/quantities.tsx';
import { words } from '../words/settings.ts';
import { Cell, HeadCell, Row } from './records.tsx';

/** A layer as the API has it. */
export interface Layer {
  readonly name: string;
  readonly title: string;
  readonly tables: number;
  readonly folders: readonly string[];
}

export function LayerRow({
  layer: { name, title, tables, folders },
  mayChange,
  onRename,
  onRemove,
}: {
  readonly layer: Layer;
  readonly mayChange: boolean;
  readonly onRename: () => void;
  readonly onRemove: () => void;
}) {
  return (
    <Row>
      <HeadCell>
        <Text component="span" size="md" fw={550}>
          {title}
        </Text>
      </HeadCell>
      <Cell label={words.sqlName}>
        <Code>{name}</Code>
      </Cell>
      <Cell label={words.tables}>
        <Count n={tables} />
      </Cell>
      <Cell label={words.folders}>
        <Folders folders={folders} />
      </Cell>
      <Cell label="" align="end">
        {mayChange && (
          <Group gap={4} justify="flex-end" wrap="nowrap">
            <Tooltip label={words.rename}>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={words.renameOf(title)}
                onClick={onRename}
              >
                <TbPencil size={17} strokeWidth={1.7} aria-hidden />
              </ActionIcon>
            </Tooltip>
            <RemoveButton title={title} tables={tables} onRemove={onRemove} />
          </Group>
        )}
      </Cell>
    </Row>
  );
}

/** Where it cannot be used it can still be reached, and says why. */
function RemoveButton({
  title,
  tables,
  onRemove,
}: {
  readonly title: string;
  readonly tables: number;
  readonly onRemove: () => void;
}) {
  const isEmpty = tables === 0;
  return (
    <Tooltip label={isEmpty ? words.remove : words.holdsTables(tables)} multiline maw={260}>
      <ActionIcon
        variant="subtle"
        color={isEmpty ? 'red' : 'gray'}
        aria-label={words.removeOf(title)}
        aria-disabled={!isEmpty}
        style={isEmpty ? undefined : { opacity: 0.45, cursor: 'not-allowed' }}
        onClick={isEmpty ? onRemove : undefined}
      >
        <TbTrash size={17} strokeWidth={1.7} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}

const MOST_SHOWN = 4;

function Folders({ folders }: { readonly folders: readonly string[] }) {
  if (folders.length === 0) {
    return (
      <Text component="span" size="sm" c="dimmed">
        {words.noFolders}
      </Text>
    );
  }
  const more = folders.length - MOST_SHOWN;
  return (
    <Group gap={4} component="span">
      {folders.slice(0, MOST_SHOWN).map((folder) => (
        <Badge key={folder} variant="default" tt="none" fw={500} radius="sm" size="md">
          {folder}
        </Badge>
      ))}
      {more > 0 && (
        <Tooltip label={folders.slice(MOST_SHOWN).join(', ')} multiline maw={320}>
          <Text component="span" size="xs" c="dimmed">
            {`+${more}`}
          </Text>
        </Tooltip>
      )}
    </Group>
  );
}
