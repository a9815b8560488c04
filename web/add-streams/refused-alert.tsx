import { List } from '@mantine/core';
import { TbAlertCircle } from 'react-icons/tb';
import type { Correction } from '../add-source/finish/refusal.ts';
import { Notice } from '../parts/notice.tsx';
import { words } from '../words/add-streams.ts';

/** What the service said when it would not add the streams. */
export function RefusedAlert({ corrections }: { readonly corrections: readonly Correction[] }) {
  return (
    <Notice role="alert" tone="bad" icon={TbAlertCircle} title={words.refused}>
      <List size="sm" spacing={4}>
        {corrections.map(({ message }) => (
          <List.Item key={message}>{message}</List.Item>
        ))}
      </List>
    </Notice>
  );
}
