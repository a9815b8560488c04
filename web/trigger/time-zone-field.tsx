import { CheckIcon, Group, type OptionsFilter, Select } from '@mantine/core';
import { type MouseEvent, useMemo, useState } from 'react';
import { ZONE } from '../parts/moment.tsx';
import { words } from '../words/trigger.ts';
import { matchesZone, namedZone, timeZones, zoneOffset } from './time-zones.ts';
import classes from './trigger.module.css';

/** Of some four hundred zones this many are shown; typing finds the others. */
const SHOWN = 40;

const filter: OptionsFilter = ({ options, search, limit }) =>
  options
    .filter((option) => 'value' in option && matchesZone(`${option.value}`, search))
    .slice(0, limit);

/** Chooses a time zone by typing a part of its name; what names only one need not be chosen from the list. */
export function TimeZoneField({
  value,
  onChange,
  error,
}: {
  readonly value: string;
  readonly onChange: (zone: string) => void;
  readonly error?: string | undefined;
}) {
  const zones = useMemo(() => [...timeZones(ZONE, value)], [value]);
  const [typed, setTyped] = useState(value);
  /** What was left in the field, and is no zone; empty for nothing. */
  const [refused, refuse] = useState('');

  function leave() {
    if (typed === value || typed.trim() === '') return;
    const zone = namedZone(zones, typed);
    if (zone === null) refuse(typed.trim());
    else onChange(zone);
  }
  return (
    <Select
      label={words.zone}
      data={zones}
      value={value}
      onChange={(zone) => zone !== null && onChange(zone)}
      allowDeselect={false}
      searchable
      searchValue={typed}
      onSearchChange={setTyped}
      selectFirstOptionOnChange
      filter={filter}
      limit={SHOWN}
      maxDropdownHeight={280}
      nothingFoundMessage={words.noZone}
      error={refused === '' ? error : words.zoneKept(refused, value)}
      onFocus={() => refuse('')}
      onClick={(event) => typed === value && selectAll(event)}
      onBlur={leave}
      renderOption={({ option, checked = false }) => (
        <Group justify="space-between" wrap="nowrap" gap="xs" flex={1}>
          <span className={checked ? classes.chosenZone : undefined}>
            {checked && <CheckIcon size={10} aria-hidden />}
            {option.value}
          </span>
          <span className={`${classes.offset} figures`}>
            {option.value === ZONE ? `${words.own}, ` : ''}
            {zoneOffset(option.value, Date.now())}
          </span>
        </Group>
      )}
    />
  );
}

/** Typing takes the place of the zone that is chosen; what somebody marked by hand stays marked. */
function selectAll({ currentTarget: field }: MouseEvent<HTMLInputElement>) {
  if (field.selectionStart === field.selectionEnd) field.select();
}
