import { Alert, Text } from '@mantine/core';
import { TbAlertTriangle } from 'react-icons/tb';
import { words } from '../words/catalog.ts';
import { TableFacts } from './table-facts.tsx';
import type { TableDetail } from './table-types.ts';

/** What stands where a table cannot be read: why, and what to do. */
export function Unreadable({
  table,
  error,
}: {
  readonly table: TableDetail;
  readonly error: { readonly message: string; readonly help: string };
}) {
  return (
    <>
      <TableFacts table={table} />
      <Alert
        color="red"
        role="alert"
        icon={<TbAlertTriangle size={18} aria-hidden />}
        title={error.message}
      >
        <Text size="sm">{error.help}</Text>
        <Text size="sm" mt={4}>
          {words.unreadableHelp}
        </Text>
      </Alert>
    </>
  );
}
