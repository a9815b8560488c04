import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { words } from '../words/settings.ts';

/** A dialog; what it holds begins anew each time it opens. */
export function Dialog({
  opened,
  title,
  onClose,
  size = 'md',
  isSticky = false,
  children,
}: {
  readonly opened: boolean;
  readonly title: string;
  readonly onClose: () => void;
  readonly size?: 'md' | 'lg';
  /** Only its buttons close it: what it shows cannot be had again. */
  readonly isSticky?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      size={size}
      centered
      closeOnClickOutside={!isSticky}
      closeOnEscape={!isSticky}
      closeButtonProps={{ 'aria-label': words.close }}
    >
      {children}
    </Modal>
  );
}
