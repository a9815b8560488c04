import { Button, Drawer } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect } from 'react';
import { TbLayoutSidebar } from 'react-icons/tb';
import { layersQuery } from '../api/queries.ts';
import { words } from '../words/catalog.ts';
import classes from './catalog.module.css';
import { CatalogTree } from './catalog-tree.tsx';

/** The catalog: what there is at the left, what was chosen at the right. */
export function CatalogScreen() {
  const layers = useQuery(layersQuery);
  const [opened, { open, close }] = useDisclosure(false);
  const path = useRouterState({ select: (state) => state.location.pathname });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the drawer closes whenever a table was chosen
  useEffect(close, [path]);
  const isEmpty = layers.data?.items.every(({ tables }) => tables === 0) ?? false;
  if (isEmpty && path.replace(/\/$/, '') === '/catalog') return <Outlet />;
  return (
    <div className={classes.split}>
      <div className={classes.side}>
        <CatalogTree />
      </div>
      <div>
        <div className={classes.browse}>
          <Button
            variant="default"
            size="xs"
            leftSection={<TbLayoutSidebar size={16} strokeWidth={1.7} aria-hidden />}
            onClick={open}
          >
            {words.browse}
          </Button>
        </div>
        <Outlet />
      </div>
      <Drawer
        opened={opened}
        onClose={close}
        title={words.tree}
        size={320}
        padding={0}
        closeButtonProps={{ 'aria-label': words.close, mr: 12 }}
        styles={{ header: { paddingLeft: 16 } }}
      >
        <CatalogTree />
      </Drawer>
    </div>
  );
}
