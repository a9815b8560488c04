import { ActionIcon, Loader } from '@mantine/core';
import { TbPlayerPlayFilled } from 'react-icons/tb';
import { Hint } from '../parts/hint.tsx';
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
    <Hint label={mayRun ? label : words.mayNot}>
      <ActionIcon
        variant="default"
        size={30}
        aria-label={label}
        // Not disabled, nor Mantine's `loading`, which disables: the keyboard would lose its place.
        {...(isOff ? { 'data-disabled': true, 'aria-disabled': true } : {})}
        onClick={() => {
          if (!isOff) onRun();
        }}
      >
        {isPending ? <Loader size={14} /> : <TbPlayerPlayFilled size={14} aria-hidden />}
      </ActionIcon>
    </Hint>
  );
}
