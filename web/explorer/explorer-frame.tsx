import { Button, Drawer } from '@mantine/core';
import type { ReactNode } from 'react';
import { TbLayoutSidebar } from 'react-icons/tb';
import { Page } from '../parts/page.tsx';
import { words } from '../words/explorer.ts';
import classes from './explorer.module.css';

/** The screen with its side: beside it where there is room, in a drawer elsewhere. */
export function ExplorerFrame({
  side,
  isOpen,
  onOpen,
  onClose,
  children,
}: {
  readonly side: ReactNode;
  /** Whether the drawer is. */
  readonly isOpen: boolean;
  readonly onOpen: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  return (
    <div className={classes.split}>
      <aside className={classes.side} aria-label={words.side}>
        {side}
      </aside>
      <div className={classes.main}>
        <Page
          title={words.title}
          wide
          actions={
            <Button
              className={classes.openSide}
              variant="default"
              size="xs"
              leftSection={<TbLayoutSidebar size={16} strokeWidth={1.7} aria-hidden />}
              onClick={onOpen}
            >
              {words.openSide}
            </Button>
          }
        >
          {children}
        </Page>
      </div>
      <Drawer
        opened={isOpen}
        onClose={onClose}
        title={words.side}
        size={320}
        padding={0}
        closeButtonProps={{ 'aria-label': words.close, mr: 12 }}
        styles={{ header: { paddingLeft: 16 } }}
      >
        {side}
      </Drawer>
    </div>
  );
}
