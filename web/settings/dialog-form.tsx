import { Button, Group, Stack } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { words } from '../words/settings.ts';

/** The form of a dialog: its fields, what went wrong, and the two ways on. */
export function DialogForm({
  action,
  isBusy,
  isDisabled = false,
  error,
  onSubmit,
  onCancel,
  children,
}: {
  /** What the button does, in a word or two. */
  readonly action: string;
  readonly isBusy: boolean;
  readonly isDisabled?: boolean;
  /** Shown unless null; fields name their own issues. */
  readonly error: unknown;
  readonly onSubmit: () => void;
  readonly onCancel: () => void;
  readonly children: ReactNode;
}) {
  function submit(event: FormEvent) {
    event.preventDefault();
    if (!isBusy && !isDisabled) onSubmit();
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        {children}
        {error !== null && <ProblemAlert error={error} hideIssues />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            {words.cancel}
          </Button>
          <Button type="submit" loading={isBusy} disabled={isDisabled}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
