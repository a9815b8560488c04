import { Button, List, Progress, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useReducer } from 'react';
import { TbAlertCircle, TbCircleCheck } from 'react-icons/tb';
import { api, read } from '../api/client.ts';
import { useFollow } from '../api/follow.ts';
import { Notice } from '../parts/notice.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { words } from '../words/source.ts';
import { type Check, chartsOf, NOT_CHECKED, seeCheck } from './key-checks.ts';

/**
 * Watches how new keys are checked. If every chart can be read they are put to use; otherwise it says what
 * cannot, and asks.
 */
export function KeyCheck({
  sourceId,
  validationId,
  charts,
  onDone,
}: {
  readonly sourceId: string;
  readonly validationId: string;
  /** How many the source has. */
  readonly charts: number;
  readonly onDone: () => void;
}) {
  const [state, see] = useReducer(seeCheck, NOT_CHECKED);
  useFollow(`/validations/${validationId}/events`, ['check'], see);
  const use = useMutation({
    mutationFn: () =>
      read(
        api.sources[':id'].credentials.$post(
          { param: { id: sourceId }, json: { validation_id: validationId } },
          // One intent: whatever is sent twice is carried out once.
          { headers: { 'Idempotency-Key': validationId } },
        ),
      ),
    onSuccess: onDone,
  });
  const { good, all } = chartsOf(state);
  const failed = state.checks.filter(({ ok }) => !ok);
  const isPerfect = state.end === 'ready' && failed.length === 0;
  const { mutate } = use;
  useEffect(() => {
    if (isPerfect) mutate();
  }, [isPerfect, mutate]);
  if (state.end === null) {
    return (
      <Stack gap={6} role="status">
        <Text size="sm">{words.checking(all, charts)}</Text>
        <Progress
          value={charts === 0 ? 0 : (100 * all) / charts}
          size={6}
          radius="xl"
          aria-label={words.checking(all, charts)}
        />
      </Stack>
    );
  }
  const isRefused = state.end === 'failed';
  const Icon = isPerfect ? TbCircleCheck : TbAlertCircle;
  return (
    <>
      <Notice
        role="alert"
        tone={isRefused ? 'bad' : isPerfect ? 'good' : 'warn'}
        icon={Icon}
        title={isRefused ? words.keysRefused : words.checked(good, all)}
      >
        <Failures failed={failed} />
        {!isRefused && !isPerfect && (
          <>
            <Text size="sm" mt="xs">
              {words.useAnywayHelp}
            </Text>
            <Button
              mt="xs"
              size="compact-sm"
              variant="default"
              loading={use.isPending}
              onClick={() => use.mutate()}
            >
              {words.useAnyway}
            </Button>
          </>
        )}
      </Notice>
      {use.error !== null && <ProblemAlert error={use.error} onRetry={() => use.mutate()} />}
    </>
  );
}

/** Each reason once. */
function Failures({ failed }: { readonly failed: readonly Check[] }) {
  const said = new Map(failed.map((check) => [check.error?.message ?? '', check.error]));
  if (said.size === 0) return null;
  return (
    <List size="sm">
      {[...said].map(([message, error]) => (
        <List.Item key={message}>
          {message} {error?.help}
        </List.Item>
      ))}
    </List>
  );
}
