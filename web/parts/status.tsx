import { Group, Text } from '@mantine/core';
import {
  IconAlertTriangleFilled,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconCircleMinus,
  IconCircleX,
  IconCircleXFilled,
  IconEqual,
  IconLoader2,
} from '@tabler/icons-react';
import { words } from '../words/parts.ts';
import classes from './status.module.css';

const RUN = {
  queued: { icon: IconCircleDashed, tone: 'quiet' },
  running: { icon: IconLoader2, tone: 'busy' },
  success: { icon: IconCircleCheckFilled, tone: 'good' },
  partial: { icon: IconAlertTriangleFilled, tone: 'warn' },
  failed: { icon: IconCircleXFilled, tone: 'bad' },
  canceling: { icon: IconLoader2, tone: 'quiet' },
  canceled: { icon: IconCircleX, tone: 'quiet' },
} as const;

const RESULT = {
  success: { icon: IconCircleCheckFilled, tone: 'good' },
  unchanged: { icon: IconEqual, tone: 'quiet' },
  empty: { icon: IconCircleMinus, tone: 'warn' },
  failed: { icon: IconCircleXFilled, tone: 'bad' },
} as const;

export type RunStatusName = keyof typeof RUN;
export type ResultStatusName = keyof typeof RESULT;

/** The CSS colour of a run's status, for bars and dots. */
export function toneOf(status: RunStatusName): string {
  return `var(--${RUN[status].tone})`;
}

/** The status of a run: sign, colour and word, so that no one of them is needed. */
export function RunStatus({ status }: { readonly status: RunStatusName }) {
  return <Status {...RUN[status]} label={words.statuses[status]} />;
}

/** What became of one stream in a run. */
export function ResultStatus({ status }: { readonly status: ResultStatusName }) {
  return <Status {...RESULT[status]} label={words.results[status]} />;
}

function Status({
  icon: Icon,
  tone,
  label,
}: {
  readonly icon: typeof IconLoader2;
  readonly tone: string;
  readonly label: string;
}) {
  return (
    <Group gap={6} wrap="nowrap" component="span" style={{ display: 'inline-flex' }}>
      <Icon
        size={16}
        aria-hidden
        className={tone === 'busy' ? classes.turning : undefined}
        style={{ color: `var(--${tone})`, flex: 'none' }}
      />
      <Text component="span" size="sm" fw={500}>
        {label}
      </Text>
    </Group>
  );
}
