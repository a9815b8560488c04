import { Box, Group, Stack, Text, Title, VisuallyHidden } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { words } from '../words/shell.ts';
import classes from './page.module.css';

/**
 * A screen: its title (also the window's), what leads up to it, what can be done, and its content.
 *
 * @param part what is open of a screen that has pages; it comes first in the window's title
 * @param above small print over the title, such as where the screen belongs
 * @param lead one sentence under the title
 * @param actions at the right of the title; the main one last
 * @param hiddenTitle for screens that say their name in another way; screen readers still have it
 * @param wide uses the whole width, for grids
 * @param fill is as high as the window at least, for what stands at its bottom
 */
export function Page({
  title,
  part,
  above,
  lead,
  actions,
  hiddenTitle = false,
  wide = false,
  fill = false,
  children,
}: {
  readonly title: string;
  readonly part?: string | undefined;
  readonly above?: ReactNode;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  readonly hiddenTitle?: boolean;
  readonly wide?: boolean;
  readonly fill?: boolean;
  readonly children?: ReactNode;
}) {
  usePageTitle(part === undefined ? title : words.partOf(part, title));
  const heading = <Title order={1}>{title}</Title>;
  return (
    <Box className={classes.page} data-wide={wide || undefined} data-fill={fill || undefined}>
      {hiddenTitle ? (
        <VisuallyHidden>{heading}</VisuallyHidden>
      ) : (
        <header className={classes.head}>
          {above}
          <Group justify="space-between" align="flex-start" gap="sm">
            <Stack gap={2} className={classes.titles}>
              {heading}
              {lead !== undefined && (
                <Text component="div" c="dimmed" size="md">
                  {lead}
                </Text>
              )}
            </Stack>
            {actions !== undefined && <Group gap="xs">{actions}</Group>}
          </Group>
        </header>
      )}
      {children}
    </Box>
  );
}

/** Gives the window the name of what it shows. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = words.titleOf(title);
  }, [title]);
}
