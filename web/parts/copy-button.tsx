import { ActionIcon, Tooltip } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { TbCheck, TbCopy } from 'react-icons/tb';
import { words } from '../words/parts.ts';

/** Puts a text into the clipboard, and says so. */
export function CopyButton({
  text,
  label = words.copy,
}: {
  readonly text: string;
  readonly label?: string;
}) {
  const { copy, copied } = useClipboard({ timeout: 1_500 });
  const Icon = copied ? TbCheck : TbCopy;
  const said = copied ? words.copied : label;
  return (
    <Tooltip label={said}>
      <ActionIcon
        variant="subtle"
        color={copied ? 'teal' : 'gray'}
        size="sm"
        aria-label={said}
        onClick={() => copy(text)}
      >
        <Icon size={15} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
