import { Stack, Text, ThemeIcon, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { IconType } from 'react-icons';

/** What stands where there is nothing yet: why, and the way on. */
export function EmptyState({
  icon: Icon,
  title,
  action,
  children,
}: {
  readonly icon: IconType;
  readonly title: string;
  readonly action?: ReactNode;
  readonly children?: ReactNode;
}) {
  return (
    <Stack align="center" gap="xs" py={56} px="md" ta="center">
      <ThemeIcon size={52} radius="xl" variant="light" color="iris" aria-hidden>
        <Icon size={26} strokeWidth={1.6} />
      </ThemeIcon>
      <Title order={2} mt="xs">
        {title}
      </Title>
      <Text component="div" c="dimmed" size="md" maw={460} style={{ textWrap: 'balance' }}>
        {children}
      </Text>
      {action !== undefined && <div style={{ marginTop: 12 }}>{action}</div>}
    </Stack>
  );
}
