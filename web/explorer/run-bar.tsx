import { Button, NativeSelect, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { TbPlayerPlayFilled, TbPlayerStopFilled } from 'react-icons/tb';
import { sayDuration } from '../parts/quantities.tsx';
import { useNow } from '../run/use-now.ts';
import { words } from '../words/explorer.ts';
import classes from './explorer.module.css';

const IS_MAC = /Mac|iPhone|iPad/.test(navigator.userAgent);
const LIMITS = [100, 1_000, 10_000, 100_000];
/** ms; the second click of a double click is not meant to cancel what the first one began. */
const DOUBLE_CLICK = 400;

/** Under the editor: run or cancel, how many rows, and what else there is to do. */
export function RunBar({
  since,
  isEmpty,
  limit,
  onLimit,
  onRun,
  onCancel,
  children,
}: {
  /** When the query that runs began, in ms since 1970; null if none runs. */
  readonly since: number | null;
  /** Whether there is nothing to run. */
  readonly isEmpty: boolean;
  readonly limit: number;
  readonly onLimit: (limit: number) => void;
  readonly onRun: () => void;
  readonly onCancel: () => void;
  readonly children: ReactNode;
}) {
  const isRunning = since !== null;
  const Icon = isRunning ? TbPlayerStopFilled : TbPlayerPlayFilled;
  return (
    <div className={classes.bar}>
      <Button
        className={classes.run}
        disabled={isEmpty && !isRunning}
        variant={isRunning ? 'default' : 'filled'}
        leftSection={<Icon size={14} aria-hidden />}
        onClick={() => {
          if (!isRunning) onRun();
          else if (Date.now() - since > DOUBLE_CLICK) onCancel();
        }}
      >
        {isRunning ? words.cancel : words.run}
      </Button>
      <NativeSelect
        aria-label={words.limit}
        value={String(limit)}
        onChange={({ currentTarget: { value } }) => onLimit(Number(value))}
        data={LIMITS.map((n) => ({ value: String(n), label: words.limitOf(n) }))}
      />
      {isRunning && <Elapsed since={since} />}
      <Text id="editor-hint" size="xs" c="dimmed" className={classes.hint} hidden={isRunning}>
        {IS_MAC ? words.editorHintMac : words.editorHint}
      </Text>
      <div className={classes.more}>{children}</div>
    </div>
  );
}

function Elapsed({ since }: { readonly since: number }) {
  const now = useNow(true);
  const seconds = Math.max(0, Math.floor((now - since) / 1_000));
  return (
    <Text size="xs" c="dimmed" role="timer" className={`figures ${classes.elapsed}`}>
      {seconds === 0 ? words.runningNow : words.running(sayDuration(seconds * 1_000))}
    </Text>
  );
}
