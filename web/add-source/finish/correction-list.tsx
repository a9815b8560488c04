import { Anchor, List, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { TbAlertCircle } from 'react-icons/tb';
import { Notice } from '../../parts/notice.tsx';
import { words } from '../../words/finish.ts';
import type { RefusedTable } from '../tables/taken-tables.ts';
import { pathOf } from '../wizard/steps.ts';
import type { Correction } from './refusal.ts';

/** What has to be put right in earlier steps before the source can be made, each with the way there. */
export function CorrectionList({
  corrections,
  refused,
}: {
  readonly corrections: readonly Correction[];
  /** Names that the service refused: step 4 tells it at them. */
  readonly refused: readonly RefusedTable[];
}) {
  return (
    <Notice role="alert" tone="bad" icon={TbAlertCircle} title={words.refused}>
      <Text size="sm">{words.refusedHelp}</Text>
      <List size="sm" mt="xs" spacing={4}>
        {corrections.map(({ step, message }) => (
          <List.Item key={`${step} ${message}`}>
            {message}{' '}
            <Anchor
              size="sm"
              underline="always"
              renderRoot={(props) => (
                <Link
                  to={pathOf(step)}
                  state={step === 'tables' ? { refusedTables: refused } : {}}
                  {...props}
                />
              )}
            >
              {words.fix[step]}
            </Anchor>
          </List.Item>
        ))}
      </List>
    </Notice>
  );
}
