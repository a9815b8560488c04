import { CloseButton, Group, Text } from '@mantine/core';
import { TbAlertCircle } from 'react-icons/tb';
import { sayProblem } from '../parts/problem-alert.tsx';
import { words } from '../words/sources.ts';
import classes from './sources.module.css';

/** Why a source could not be run, beneath its row. */
export function RowProblem({
  source,
  error,
  onClose,
}: {
  readonly source: string;
  readonly error: unknown;
  readonly onClose: () => void;
}) {
  const { title, help } = sayProblem(error);
  return (
    <Group role="alert" gap="xs" wrap="nowrap" align="flex-start" className={classes.problem}>
      <TbAlertCircle size={16} aria-hidden style={{ flex: 'none', marginTop: 2 }} />
      <Text size="sm" style={{ flex: 1 }}>
        {words.startFailed(source)} {title} {help}
      </Text>
      <CloseButton size="sm" aria-label={words.dismiss} onClick={onClose} />
    </Group>
  );
}
