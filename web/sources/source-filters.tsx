import { CloseButton, NativeSelect, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import { TbSearch } from 'react-icons/tb';
import { words as parts } from '../words/parts.ts';
import { words } from '../words/sources.ts';
import { type SourceFilter, STATUS_CHOICES } from './source-listing.ts';
import classes from './sources.module.css';

/** How long nobody has to type before the list is searched, in ms. */
const PAUSE_MS = 250;

/** Narrows the list of sources by words and by what came of the last run. */
export function SourceFilters({
  filter,
  onChange,
  found,
}: {
  readonly filter: SourceFilter;
  readonly onChange: (filter: SourceFilter) => void;
  /** How many there are, in words. */
  readonly found: string;
}) {
  const [text, setText] = useState(filter.text);
  const sent = useRef(filter.text);
  // The address has changed by other means: the back button, or "Clear".
  useEffect(() => {
    if (filter.text === sent.current) return;
    sent.current = filter.text;
    setText(filter.text);
  }, [filter.text]);
  const send = useDebouncedCallback((next: string) => {
    sent.current = next.trim();
    onChange({ ...filter, text: next.trim() });
  }, PAUSE_MS);
  function type(next: string) {
    setText(next);
    send(next);
  }
  return (
    <search className={classes.filters}>
      <TextInput
        className={classes.search}
        aria-label={words.search}
        placeholder={words.searchHint}
        value={text}
        onChange={(event) => type(event.currentTarget.value)}
        leftSection={<TbSearch size={16} strokeWidth={1.7} aria-hidden />}
        rightSection={
          text !== '' && (
            <CloseButton size="sm" aria-label={words.clearSearch} onClick={() => type('')} />
          )
        }
      />
      <NativeSelect
        aria-label={words.status}
        value={filter.status ?? ''}
        onChange={({ currentTarget: { value } }) =>
          onChange({
            ...filter,
            status: STATUS_CHOICES.find((status) => status === value) ?? null,
          })
        }
        data={[
          { value: '', label: words.anyStatus },
          ...STATUS_CHOICES.map((status) => ({ value: status, label: parts.statuses[status] })),
        ]}
      />
      <Text size="sm" c="dimmed" role="status">
        {found}
      </Text>
    </search>
  );
}
