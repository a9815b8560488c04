import { Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { Confirm } from '../parts/confirm.tsx';
import { words } from '../words/source.ts';
import type { NewKeys } from './new-keys.ts';
import type { SourceChanges } from './use-change-source.ts';

const FIELDS = {
  name: words.name,
  description: words.description,
  trigger: words.trigger,
  time_limit_minutes: words.timeLimit,
  paused: words.paused,
  api_key: words.apiKey,
  secret_key: words.secretKey,
} as const satisfies Record<keyof (SourceChanges & NewKeys), string>;

/** Asks before a page is left that has changes which were not saved, and names them. */
export function LeaveGuard({ changes }: { readonly changes: SourceChanges & Partial<NewKeys> }) {
  const changed = Object.entries(FIELDS).flatMap(([field, name]) =>
    field in changes ? [name] : [],
  );
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: ({ current, next }) => current.pathname !== next.pathname,
    disabled: changed.length === 0,
    enableBeforeUnload: () => changed.length > 0,
    withResolver: true,
  });
  return (
    <Confirm
      opened={status === 'blocked'}
      title={words.leaveTitle}
      action={words.leave}
      onConfirm={async () => proceed?.()}
      onClose={() => reset?.()}
    >
      <Text size="sm">{words.leaveHelp(changed)}</Text>
    </Confirm>
  );
}
