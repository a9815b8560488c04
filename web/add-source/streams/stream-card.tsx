import { Box, Button, Checkbox, Collapse, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { memo } from 'react';
import { TbChevronDown } from 'react-icons/tb';
import { words } from '../../words/add-source.ts';
import { ChartHolds } from '../access/chart-holds.tsx';
import type { Pickable } from './pickable.ts';
import { StreamPreview } from './stream-preview.tsx';
import classes from './streams.module.css';

/** One stream to choose: its title, what it holds, and a look into it. */
export const StreamCard = memo(function StreamCard({
  stream,
  isSelected,
  onToggle,
}: {
  readonly stream: Pickable;
  readonly isSelected: boolean;
  readonly onToggle: (name: string, isOn: boolean) => void;
}) {
  const { name, check, configured, canPick } = stream;
  const [opened, { toggle }] = useDisclosure(false);
  const title = stream.title ?? (check === null ? words.streams.metadataTitle : name);
  const layout = check === null ? words.streams.metadataHelp : <ChartHolds check={check} />;
  return (
    <li className={classes.card} data-selected={isSelected || undefined}>
      <Group wrap="nowrap" align="flex-start" gap="sm" className={classes.head}>
        <Checkbox
          className={classes.pick}
          checked={isSelected}
          disabled={!canPick}
          onChange={(event) => onToggle(name, event.currentTarget.checked)}
          label={
            <>
              <span className={classes.title}>{title}</span>
              {title !== name && <span className={classes.name}>{name}</span>}
            </>
          }
          description={configured ? words.streams.configured : layout}
          error={
            check !== null && check.error !== null
              ? `${words.streams.failed}: ${check.error.message} ${check.error.help}`
              : undefined
          }
        />
        {canPick && (
          <Button
            variant="subtle"
            size="compact-sm"
            rightSection={
              <TbChevronDown
                size={14}
                aria-hidden
                className={classes.chevron}
                data-open={opened || undefined}
              />
            }
            aria-expanded={opened}
            aria-label={words.streams.previewOf(name)}
            onClick={toggle}
          >
            {words.streams.preview}
          </Button>
        )}
      </Group>
      {check?.warnings.map(({ message }) => (
        <Text key={message} size="sm" className={classes.warning}>
          {message}
        </Text>
      ))}
      <Collapse expanded={opened}>
        <Box className={classes.body}>{opened && <StreamPreview stream={stream} />}</Box>
      </Collapse>
    </li>
  );
});
