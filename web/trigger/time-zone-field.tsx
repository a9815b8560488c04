import { Group, type OptionsFilter, Select, Text } from '@mantine/core';
import { useMemo } from 'react';
import { ZONE } from '../parts/moment.tsx';
import { words } from '../words/trigger.ts';
import { matchesZone, timeZones, zoneOffset } from './time-zones.ts';

/** Of some four hundred zones this many are shown; typing finds the others. */
const SHOWN = 40;

const filter: OptionsFilter = ({ options, search, limit }) =>
  options
    .filter((option) => 'value' in option && matchesZone(`${option.value}`, search))
    .slice(0, limit);

/** Chooses a time zone by typing a part of its name. */
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
  return (
    <Select
      label={words.zone}
      data={zones}
      value={value}
      onChange={(zone) => zone !== null && onChange(zone)}
      allowDeselect={false}
      searchable
      selectFirstOptionOnChange
      filter={filter}
      limit={SHOWN}
      maxDropdownHeight={280}
      nothingFoundMessage={words.noZone}
      error={error}
      renderOption={({ option }) => (
        <Group justify="space-between" wrap="nowrap" gap="xs" flex={1}>
          <span>{option.value}</span>
          <Text span size="xs" c="dimmed" className="figures">
            {option.value === ZONE ? `${words.own}, ` : ''}
            {zoneOffset(option.value, Date.now())}
          </Text>
        </Group>
      )}
    />
  );
}
