import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { sourceQuery } from '../api/queries.ts';
import { words } from '../words/trigger.ts';
import { sourceNamesQuery } from './trigger-queries.ts';

const TYPING_MS = 200;

/** Chooses the source to come after, by a part of its name. */
export function SourceField({
  value,
  onChange,
  sourceId,
  error,
}: {
  /** Empty until one is chosen. */
  readonly value: string;
  readonly onChange: (sourceId: string) => void;
  /** Left out: a source cannot run after itself. */
  readonly sourceId?: string | undefined;
  readonly error?: string | undefined;
}) {
  const [typed, setTyped] = useState('');
  const chosen = useQuery({ ...sourceQuery(value), enabled: value !== '' });
  // The name of the chosen source is in the field: opened again, it offers all of them.
  const [text] = useDebouncedValue(typed === chosen.data?.name ? '' : typed.trim(), TYPING_MS);
  const found = useQuery(sourceNamesQuery(text));
  const names = new Map([
    ...(value === '' || chosen.data === undefined ? [] : [[value, chosen.data.name] as const]),
    ...(found.data ?? [])
      .filter(({ id }) => id !== sourceId)
      .map(({ id, name }) => [id, name] as const),
  ]);
  return (
    <Select
      label={words.source}
      placeholder={words.sourceHint}
      data={[...names].map(([id, name]) => ({ value: id, label: name }))}
      value={value === '' ? null : value}
      onChange={(id) => onChange(id ?? '')}
      searchable
      searchValue={typed}
      onSearchChange={setTyped}
      filter={({ options }) => options}
      nothingFoundMessage={
        found.isPending ? undefined : text === '' ? words.noOtherSource : words.noSource
      }
      error={error}
    />
  );
}
