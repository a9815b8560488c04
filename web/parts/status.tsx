import { Group, Text } from '@mantine/core';
import {
  TbAlertTriangleFilled,
  TbCircleCheckFilled,
  TbCircleDashed,
  TbCircleMinus,
  TbCircleX,
  TbCircleXFilled,
  TbEqual,
  TbLoader2,
} from 'react-icons/tb';
import { words } from '../words/parts.ts';
import classes from './status.module.css';

const RUN = {
  queued: { icon: TbCircleDashed, tone: 'quiet' },
  running: { icon: TbLoader2, tone: 'busy' },
  success: { icon: TbCircleCheckFilled, tone: 'good' },
  partial: { icon: TbAlertTriangleFilled, tone: 'warn' },
  failed: { icon: TbCircleXFilled, tone: 'bad' },
  canceling: { icon: TbLoader2, tone: 'quiet' },
  canceled: { icon: TbCircleX, tone: 'quiet' },
} as const;

const RESULT = {
  success: { icon: TbCircleCheckFilled, tone: 'good' },
  unchanged: { icon: TbEqual, tone: 'quiet' },
  empty: { icon: TbCircleMinus, tone: 'warn' },
  failed: { icon: TbCircleXFilled, tone: 'bad' },
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
  readonly icon: typeof TbLoader2;
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
