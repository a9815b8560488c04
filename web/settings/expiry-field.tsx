import { NumberInput, SegmentedControl, Stack, Text } from '@mantine/core';
import { useId } from 'react';
import { Moment } from '../parts/moment.tsx';
import { words } from '../words/settings.ts';
import { daysOf, EXPIRIES, type Expiry, endOf, MOST_DAYS } from './token-state.ts';

/** How long a token works, with the day on which it ends. */
export function ExpiryField({
  expiry,
  custom,
  onExpiry,
  onCustom,
}: {
  readonly expiry: Expiry;
  readonly custom: string | number;
  readonly onExpiry: (expiry: Expiry) => void;
  readonly onCustom: (days: string | number) => void;
}) {
  const id = useId();
  const days = daysOf(expiry, custom);
  return (
    <Stack gap={6}>
      <Text size="sm" fw={500} id={id}>
        {words.expiry}
      </Text>
      <SegmentedControl
        aria-labelledby={id}
        fullWidth
        size="xs"
        value={expiry}
        onChange={(chosen) => {
          const known = EXPIRIES.find((each) => each === chosen);
          if (known) onExpiry(known);
        }}
        data={EXPIRIES.map((value) => ({ value, label: words.expiries[value] }))}
      />
      {expiry === 'custom' && (
        <NumberInput
          label={words.days}
          size="sm"
          min={1}
          max={MOST_DAYS}
          allowDecimal={false}
          allowNegative={false}
          clampBehavior="none"
          value={custom}
          onChange={onCustom}
          error={days === undefined && custom !== '' ? words.daysHelp : undefined}
          description={words.daysHelp}
          w={160}
        />
      )}
      <Text size="xs" c="dimmed" role="status">
        {days === null && words.expiryNever}
        {typeof days === 'number' && (
          <>
            {words.until} <Moment at={endOf(days, Date.now())} />
          </>
        )}
      </Text>
    </Stack>
  );
}
