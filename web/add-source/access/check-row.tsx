import { Group, Loader, Text } from '@mantine/core';
import { TbAlertTriangle, TbCircleCheckFilled, TbCircleXFilled } from 'react-icons/tb';
import { words } from '../../words/add-source.ts';
import { ChartHolds } from './chart-holds.tsx';
import classes from './checks.module.css';
import type { Check } from './validation.ts';

/** One chart, or the credentials: being checked, good, or what is wrong and what to do. */
export function CheckRow({
  name,
  check,
  good,
}: {
  /** The id of the chart, or what else is checked. */
  readonly name: string;
  /** Null while it is being checked. */
  readonly check: Check | null;
  /** What to say of it when it is good and has nothing to tell itself. */
  readonly good?: string;
}) {
  return (
    <li className={classes.row}>
      <span className={classes.sign}>
        <Sign check={check} />
      </span>
      <div className={classes.said}>
        <Group gap="xs" align="baseline">
          <Text fw={550} size="md">
            {check?.title ?? name}
          </Text>
          {check !== null && check.title !== null && (
            <Text size="xs" c="dimmed" ff="monospace">
              {name}
            </Text>
          )}
        </Group>
        {check?.ok === true && (
          <Text size="sm" c="dimmed">
            <ChartHolds check={check} otherwise={good ?? null} />
          </Text>
        )}
        {check !== null && check.error !== null && (
          <>
            <Text size="sm" className={classes.error}>
              {check.error.message}
            </Text>
            <Text size="sm">{check.error.help}</Text>
          </>
        )}
        {check?.warnings.map(({ message }) => (
          <Group key={message} gap={6} wrap="nowrap" align="flex-start">
            <TbAlertTriangle size={15} className={classes.warn} aria-hidden />
            <Text size="sm">{message}</Text>
          </Group>
        ))}
      </div>
    </li>
  );
}

function Sign({ check }: { readonly check: Check | null }) {
  if (check === null) return <Loader size={16} aria-label={words.checks.waiting} />;
  const label = check.ok ? words.checks.ok : words.checks.failed;
  const Icon = check.ok ? TbCircleCheckFilled : TbCircleXFilled;
  return (
    <Icon
      size={18}
      role="img"
      aria-label={label}
      className={check.ok ? classes.good : classes.error}
    />
  );
}
