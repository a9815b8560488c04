import { Button, Chip, Input } from '@mantine/core';
import { useId } from 'react';
import { words } from '../words/trigger.ts';
import classes from './trigger.module.css';
import { toggleDay, WEEKDAYS, type Weekday, WORKING_DAYS } from './trigger-choice.ts';

/** Chooses days of the week. */
export function DayChips({
  value,
  onChange,
  error,
}: {
  readonly value: readonly Weekday[];
  readonly onChange: (days: readonly Weekday[]) => void;
  readonly error?: string | undefined;
}) {
  const id = useId();
  return (
    <fieldset className={`${classes.types} ${classes.whole}`} aria-describedby={`${id}-error`}>
      <legend className={classes.legend}>{words.days}</legend>
      <div className={classes.days}>
        {WEEKDAYS.map((day) => {
          const [short, long] = words.dayNames[day];
          return (
            <Chip
              key={day}
              size="sm"
              radius="md"
              checked={value.includes(day)}
              onChange={() => onChange(toggleDay(value, day))}
              aria-label={long}
            >
              {short}
            </Chip>
          );
        })}
        <Button
          variant="subtle"
          size="compact-sm"
          className={classes.workingDays}
          onClick={() => onChange(WORKING_DAYS)}
        >
          {words.workingDays}
        </Button>
      </div>
      <Input.Error id={`${id}-error`} mt="xxs">
        {error}
      </Input.Error>
    </fieldset>
  );
}
