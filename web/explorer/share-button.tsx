import { Button, Tooltip } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useEffect, useState } from 'react';
import { TbCheck, TbLink } from 'react-icons/tb';
import { words } from '../words/explorer.ts';
import classes from './explorer.module.css';

/** ms that the button says that it is done. */
const SAID = 2_000;

/** Copies a link that opens the query. */
export function ShareButton({
  isDisabled,
  onLink,
}: {
  readonly isDisabled: boolean;
  /** Makes the address of the page the link. */
  readonly onLink: () => Promise<void>;
}) {
  const [isDone, setDone] = useState(false);
  useEffect(() => {
    if (!isDone) return;
    const timer = setTimeout(() => setDone(false), SAID);
    return () => clearTimeout(timer);
  }, [isDone]);
  async function share() {
    await onLink();
    try {
      await navigator.clipboard.writeText(location.href);
      setDone(true);
    } catch {
      notifications.show({
        message: words.shareFailed,
        color: 'red',
        closeButtonProps: { 'aria-label': words.close },
      });
    }
  }
  const Icon = isDone ? TbCheck : TbLink;
  return (
    <Tooltip label={words.shareHelp}>
      <Button
        className={classes.share}
        variant="default"
        disabled={isDisabled}
        leftSection={<Icon size={16} strokeWidth={1.7} aria-hidden />}
        onClick={share}
      >
        <span aria-live="polite">{isDone ? words.shared : words.share}</span>
      </Button>
    </Tooltip>
  );
}
