import { Skeleton, Stack } from '@mantine/core';
import { words } from '../words/shell.ts';

/** The sign of a screen whose code or data is on its way. */
export function ScreenPending() {
  return (
    <Stack gap="md" p={{ base: 'md', sm: 'lg' }} role="status" aria-label={words.loading}>
      <Skeleton height={28} width={220} />
      <Skeleton height={14} width={340} maw="80%" />
      <Skeleton height={260} mt="md" />
    </Stack>
  );
}
