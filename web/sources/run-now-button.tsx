import { ActionIcon, Tooltip } from '@mantine/core';
import { IconPlayerPlayFilled } from '@tabler/icons-react';
import { words } from '../words/sources.ts';

/** The arrow that runs a source now. */
export function RunNowButton({
  source,
  isBusy,
  isPending,
  mayRun,
  onRun,
}: {
  readonly source: string;
  readonly isBusy: boolean;
  readonly isPending: boolean;
  readonly mayRun: boolean;
  readonly onRun: () => void;
}) {
  const label = isBusy ? words.isRunning(source) : words.runNow(source);
  const isOff = isBusy || isPending || !mayRun;
  return (
    <Tooltip label={mayRun ? label : words.mayNot}>
      <ActionIcon
        variant="default"
        size={30}
        aria-label={label}
        // Stays where the keyboard is: a button that is taken away would lose the focus.
        {...(isOff ? { 'data-disabled': true, 'aria-disabled': true } : {})}
        loading={isPending}
        onClick={() => {
          if (!isOff) onRun();
        }}
      >
        <IconPlayerPlayFilled size={14} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
