import { Button, Group, Stack, Text } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { TbAlertTriangle, TbCheck, TbCopy } from 'react-icons/tb';
import { Notice } from '../parts/notice.tsx';
import { words as parts } from '../words/parts.ts';
import { words } from '../words/settings.ts';
import classes from './shown-once.module.css';

/** A secret that cannot be had again: seen whole, and copied with one press. */
export function ShownOnce({
  secret,
  warning,
  copy: copyLabel,
  onDone,
  children,
}: {
  readonly secret: string;
  readonly warning: string;
  /** What the button copies. */
  readonly copy: string;
  readonly onDone: () => void;
  readonly children?: ReactNode;
}) {
  const { copy, copied } = useClipboard({ timeout: 2_000 });
  return (
    <Stack>
      <Notice tone="warn" icon={TbAlertTriangle}>
        <Text size="sm">{warning}</Text>
      </Notice>
      <Stack gap="xs">
        <code className={classes.secret}>{secret}</code>
        <Button
          data-autofocus
          leftSection={
            copied ? <TbCheck size={16} aria-hidden /> : <TbCopy size={16} aria-hidden />
          }
          onClick={() => copy(secret)}
        >
          {copied ? parts.copied : copyLabel}
        </Button>
      </Stack>
      {children}
      <Group justify="flex-end">
        <Button variant="default" onClick={onDone}>
          {words.done}
        </Button>
      </Group>
    </Stack>
  );
}
