import { Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { useCallback, useDeferredValue, useRef, useState } from 'react';
import { TbSearch } from 'react-icons/tb';
import { words } from '../../words/add-source.ts';
import { allOf, findStreams, type Pickable } from './pickable.ts';
import { StreamCard } from './stream-card.tsx';
import classes from './streams.module.css';

/** Chooses streams: all, some, or those found by chart id or title; each shows what it holds. */
export function StreamPicker({
  streams,
  selected,
  onChange,
}: {
  readonly streams: readonly Pickable[];
  readonly selected: readonly string[];
  readonly onChange: (selected: readonly string[]) => void;
}) {
  const [text, setText] = useState('');
  const found = findStreams(streams, useDeferredValue(text));
  const chosen = new Set(selected);
  const possible = allOf(found);
  const chosenHere = possible.filter((name) => chosen.has(name)).length;
  const latest = useRef({ selected, onChange });
  latest.current = { selected, onChange };
  // Never another function, so that of many cards only the changed one is drawn again.
  const toggle = useCallback((name: string, isOn: boolean) => {
    const { current } = latest;
    const others = current.selected.filter((other) => other !== name);
    current.onChange(isOn ? [...others, name] : others);
  }, []);
  function toggleAll(isOn: boolean) {
    const here = new Set(possible);
    const others = selected.filter((name) => !here.has(name));
    onChange(isOn ? [...others, ...possible] : others);
  }
  return (
    <Stack gap="sm">
      <TextInput
        label={words.streams.find}
        description={words.streams.findHint}
        placeholder={words.streams.findPlaceholder}
        leftSection={<TbSearch size={16} aria-hidden />}
        maw={420}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Group justify="space-between" px="md">
        <Checkbox
          label={words.streams.all}
          checked={possible.length > 0 && chosenHere === possible.length}
          indeterminate={chosenHere > 0 && chosenHere < possible.length}
          disabled={possible.length === 0}
          onChange={(event) => toggleAll(event.currentTarget.checked)}
        />
        <Text size="sm" c="dimmed" role="status">
          {words.streams.selected(selected.length, allOf(streams).length)}
        </Text>
      </Group>
      {found.length === 0 ? (
        <Text c="dimmed" px="md">
          {words.streams.none}
        </Text>
      ) : (
        <ul className={classes.list} aria-label={words.streams.legend}>
          {found.map((stream) => (
            <StreamCard
              key={stream.name}
              stream={stream}
              isSelected={chosen.has(stream.name)}
              onToggle={toggle}
            />
          ))}
        </ul>
      )}
    </Stack>
  );
}
