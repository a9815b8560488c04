import { Anchor, Button, Group, List, Text } from '@mantine/core';
import { TbAlertCircle, TbWifiOff } from 'react-icons/tb';
import { NetworkFailure, ProblemError } from '../api/problem-error.ts';
import { words } from '../words/problems.ts';
import { Notice } from './notice.tsx';

/** What went wrong, what to do about it, and a way on. Fields that are named beside their inputs go in `shownIssues`. */
export function ProblemAlert({
  error,
  onRetry,
  hideIssues = false,
}: {
  readonly error: unknown;
  readonly onRetry?: () => void;
  /** The form shows each issue at its field. */
  readonly hideIssues?: boolean;
}) {
  const { title, help, issues, requestId } = sayProblem(error);
  const Icon = error instanceof NetworkFailure ? TbWifiOff : TbAlertCircle;
  return (
    <Notice tone="bad" role="alert" icon={Icon} title={title}>
      <Text size="sm">{help}</Text>
      {!hideIssues && issues.length > 0 && (
        <List size="sm" mt="xs">
          {issues.map((issue) => (
            <List.Item key={issue}>{issue}</List.Item>
          ))}
        </List>
      )}
      {(onRetry !== undefined || requestId !== null) && (
        <Group mt="xs" gap="md">
          {onRetry !== undefined && (
            <Button size="compact-sm" variant="default" onClick={onRetry}>
              {words.tryAgain}
            </Button>
          )}
          {requestId !== null && (
            <Anchor size="xs" href="/api/docs#error-internal" target="_blank" c="dimmed">
              {words.requestId(requestId)}
            </Anchor>
          )}
        </Group>
      )}
    </Notice>
  );
}

/** An error in words. */
export function sayProblem(error: unknown): {
  readonly title: string;
  readonly help: string;
  readonly issues: readonly string[];
  readonly requestId: string | null;
} {
  if (error instanceof ProblemError) {
    const { detail, help, issues, code, request_id } = error.problem;
    return {
      title: detail,
      help,
      issues: issues.map(({ path, message }) => `${path.join('.')} ${message}`),
      requestId: code === 'internal' && request_id !== '' ? request_id : null,
    };
  }
  if (error instanceof NetworkFailure) {
    const [title, help] = navigator.onLine
      ? [words.unreachable, words.unreachableHelp]
      : [words.offline, words.offlineHelp];
    return { title, help, issues: [], requestId: null };
  }
  return { title: words.broken, help: words.brokenHelp, issues: [], requestId: null };
}
