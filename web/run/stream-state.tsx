import { Group, Text } from '@mantine/core';
import { TbCircleDashed, TbClockPause, TbLoader2 } from 'react-icons/tb';
import { Count, Size, sayDuration } from '../parts/quantities.tsx';
import { ResultStatus } from '../parts/status.tsx';
import { words } from '../words/run.ts';
import classes from './run.module.css';
import type { StreamRow } from './stream-rows.ts';
import { useNow } from './use-now.ts';

/** Where one stream stands: its turn has not come, it is requested, waited for, read, or done. */
export function StreamStateSign({ state }: { readonly state: StreamRow['state'] }) {
  switch (state.phase) {
    case 'pending':
      return <Sign icon="dashed">{words.phases.pending}</Sign>;
    case 'skipped':
      return <Sign icon="dashed">{words.phases.skipped}</Sign>;
    case 'requesting':
      return (
        <Sign icon="turning">
          {state.attempt > 1
            ? words.phases.requestingAgain(state.attempt)
            : words.phases.requesting}
        </Sign>
      );
    case 'waiting':
      return <Waiting until={state.until} reason={state.reason} />;
    case 'reading':
      return (
        <Sign icon="turning">
          {words.phases.reading}
          {state.bytes > 0 && (
            <>
              {' · '}
              <Size bytes={state.bytes} />
            </>
          )}
        </Sign>
      );
    case 'writing':
      return (
        <Sign icon="turning">
          {words.phases.writing} · <Count n={state.rows} />
        </Sign>
      );
    case 'ended':
      return <ResultStatus status={state.result.status} />;
  }
}

function Waiting({ until, reason }: { readonly until: number; readonly reason: string }) {
  const now = useNow(true);
  const left = sayDuration(1_000 * Math.max(0, Math.ceil((until - now) / 1_000)));
  return (
    <Sign icon="paused">
      {reason === 'rate_limited' ? words.phases.rateLimited(left) : words.phases.unavailable(left)}
    </Sign>
  );
}

const ICONS = {
  dashed: { icon: TbCircleDashed, tone: 'quiet' },
  turning: { icon: TbLoader2, tone: 'busy' },
  paused: { icon: TbClockPause, tone: 'warn' },
} as const;

function Sign({
  icon,
  children,
}: {
  readonly icon: keyof typeof ICONS;
  readonly children: React.ReactNode;
}) {
  const { icon: Icon, tone } = ICONS[icon];
  return (
    <Group gap={6} wrap="nowrap" component="span" style={{ display: 'inline-flex' }}>
      <Icon
        size={16}
        aria-hidden
        className={icon === 'turning' ? classes.turning : undefined}
        style={{ color: `var(--${tone})`, flex: 'none' }}
      />
      <Text component="span" size="sm" c={icon === 'dashed' ? 'dimmed' : 'inherit'}>
        {children}
      </Text>
    </Group>
  );
}
