import { notifications } from '@mantine/notifications';
import { words } from '../words/settings.ts';

/** Says in the corner that something is done. */
export function sayDone(message: string): void {
  notifications.show({
    message,
    color: 'teal',
    autoClose: 4_000,
    closeButtonProps: { 'aria-label': words.close },
  });
}
