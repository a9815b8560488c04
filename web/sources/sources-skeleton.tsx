import { Group, Skeleton, Stack } from '@mantine/core';
import { words } from '../words/shell.ts';

const ROWS = ['a', 'b', 'c', 'd', 'e'];

/** What stands where the sources will be. */
export function SourcesSkeleton() {
  return (
    <Stack gap={0} role="status" aria-label={words.loading}>
      {ROWS.map((row) => (
        <Group key={row} h={62} px="md" wrap="nowrap" gap="xl">
          <Stack gap={6} style={{ flex: 2 }}>
            <Skeleton height={13} width="55%" />
            <Skeleton height={10} width="80%" />
          </Stack>
          <Skeleton height={13} style={{ flex: 1 }} />
          <Skeleton height={13} visibleFrom="sm" style={{ flex: 1 }} />
          <Skeleton height={24} width={90} visibleFrom="sm" />
        </Group>
      ))}
    </Stack>
  );
}
