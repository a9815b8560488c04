import { Box, Group, Paper, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './panel.module.css';

/** A part of a screen with a border; tables and lists go in `flush`, without inner space. */
export function Panel({
  title,
  actions,
  flush = false,
  children,
}: {
  readonly title?: string;
  readonly actions?: ReactNode;
  readonly flush?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <Paper component="section" withBorder radius="lg" className={classes.panel} aria-label={title}>
      {title !== undefined && (
        <Group justify="space-between" gap="xs" className={classes.head}>
          <Title order={2} size="h3">
            {title}
          </Title>
          {actions}
        </Group>
      )}
      <Box className={flush ? undefined : classes.body}>{children}</Box>
    </Paper>
  );
}
