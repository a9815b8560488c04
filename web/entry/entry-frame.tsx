import { Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { usePageTitle } from '../parts/page.tsx';
import { Mark } from '../shell/mark.tsx';
import { words } from '../words/entry.ts';
import classes from './entry-frame.module.css';

/** A calm page with one card: what stands before the app. */
export function EntryFrame({
  title,
  lead,
  children,
}: {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly children: ReactNode;
}) {
  usePageTitle(title);
  return (
    <div className={classes.page}>
      <main className={classes.body}>
        <div className={classes.mark}>
          <Mark />
        </div>
        <div className={classes.card}>
          <Stack gap={4} mb="lg">
            <Title order={1}>{title}</Title>
            {lead !== undefined && (
              <Text c="dimmed" size="md">
                {lead}
              </Text>
            )}
          </Stack>
          {children}
        </div>
        <Text c="dimmed" size="xs" ta="center" mt="lg">
          {words.tagline}
        </Text>
      </main>
    </div>
  );
}
