import { Input, NumberInput, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { fieldMessage } from '../api/problem-error.ts';
import { sourceQuery } from '../api/queries.ts';
import { ZONE } from '../parts/moment.tsx';
import { words } from '../words/trigger.ts';
import { DayChips } from './day-chips.tsx';
import { SourceField } from './source-field.tsx';
import { TimeZoneField } from './time-zone-field.tsx';
import classes from './trigger.module.css';
import {
  partsOf,
  TRIGGER_TYPES,
  type TriggerChoice,
  type TriggerParts,
  type TriggerType,
  triggerGap,
  triggerOf,
} from './trigger-choice.ts';
import { TriggerPreview } from './trigger-preview.tsx';
import { sourceNamesQuery, TYPING_MS, triggerPreviewQuery } from './trigger-queries.ts';

/**
 * Chooses when a source runs: daily, every 12 hours, weekly, hourly, cron, after another source, manual; with its time
 * zone, and beneath it the next five runs in words and what the service warns of.
 */
export function TriggerField({
  value,
  onChange,
  sourceId,
  validationId,
  error,
}: {
  readonly value: TriggerChoice;
  readonly onChange: (trigger: TriggerChoice) => void;
  /** Of the source that is edited: it cannot run after itself. */
  readonly sourceId?: string;
  /** Of the validation that a new source is made of. */
  readonly validationId?: string;
  readonly error?: string | undefined;
}) {
  const id = useId();
  const [before, remember] = useState<Partial<TriggerParts>>({});
  const parts = partsOf(value, { timezone: ZONE, ...before });
  const gap = triggerGap(value);
  const [asked] = useDebouncedValue(value, TYPING_MS);
  const isCurrent = JSON.stringify(asked) === JSON.stringify(value);
  const advice = useQuery({
    ...triggerPreviewQuery(asked, { sourceId, validationId }),
    enabled: triggerGap(asked) === null,
  });
  const after = value.type === 'after' ? value.source_id : '';
  const followed = useQuery({ ...sourceQuery(after), enabled: after !== '' });
  const sources = useQuery(sourceNamesQuery(''));
  const isAlone = sources.data?.every((source) => source.id === sourceId) ?? false;

  function change(type: TriggerType, changes: Partial<TriggerParts> = {}) {
    const next = { ...parts, ...changes };
    remember(next);
    onChange(triggerOf(type, next));
  }
  function problemOf(field: string, label: string) {
    const message = isCurrent ? fieldMessage(advice.error, 'trigger', field) : undefined;
    return message === undefined ? undefined : words.fieldProblem(label, message);
  }
  const gapOf = (name: typeof gap) => (gap === name && gap !== null ? words.gaps[gap] : undefined);

  return (
    <Stack gap="md" className={classes.trigger}>
      <fieldset className={classes.types} aria-describedby={`${id}-about ${id}-error`}>
        <legend className={classes.legend}>{words.legend}</legend>
        <Input.Description mb="xs" size="sm">
          {words.help}
        </Input.Description>
        <div className={classes.cards}>
          {TRIGGER_TYPES.map((type) => {
            const isChosen = value.type === type;
            const lacksSource = type === 'after' && isAlone && !isChosen;
            return (
              <Radio
                key={type}
                className={classes.card}
                classNames={{
                  body: classes.cardBody ?? '',
                  inner: classes.cardInner ?? '',
                  label: classes.cardLabel ?? '',
                  description: classes.cardReason ?? '',
                }}
                name={`${id}-type`}
                value={type}
                label={words.types[type].title}
                description={lacksSource && words.noOtherSource}
                disabled={lacksSource}
                checked={isChosen}
                onChange={() => change(type)}
              />
            );
          })}
        </div>
        <Text size="xs" c="dimmed" mt="xs" id={`${id}-about`}>
          {words.types[value.type].about}
        </Text>
        <Input.Error id={`${id}-error`} mt="xs">
          {error}
        </Input.Error>
      </fieldset>
      {value.type !== 'manual' && (
        <div className={classes.fields}>
          {value.type === 'weekly' && (
            <DayChips
              value={value.days}
              onChange={(days) => change('weekly', { days })}
              error={gapOf('days')}
            />
          )}
          {'time' in value && (
            <TextInput
              type="time"
              className={classes.time}
              label={value.type === 'every_12_hours' ? words.times : words.time}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              description={value.type === 'every_12_hours' ? words.timesHelp : undefined}
              value={value.time}
              onChange={(event) => change(value.type, { time: event.currentTarget.value })}
              error={gapOf('time') ?? problemOf('time', words.time)}
            />
          )}
          {value.type === 'hourly' && (
            <NumberInput
              className={classes.time}
              label={words.minute}
              min={0}
              max={59}
              clampBehavior="strict"
              allowDecimal={false}
              value={value.minute}
              onChange={(minute) => change('hourly', { minute: Number(minute) || 0 })}
              error={problemOf('minute', words.minute)}
            />
          )}
          {value.type === 'cron' && (
            <TextInput
              className={classes.expression}
              label={words.expression}
              description={words.expressionHelp}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              classNames={{ input: classes.code ?? '' }}
              spellCheck={false}
              autoComplete="off"
              maxLength={200}
              value={value.expression}
              onChange={(event) => change('cron', { expression: event.currentTarget.value })}
              error={gapOf('expression') ?? problemOf('expression', words.expression)}
            />
          )}
          {'timezone' in value && (
            <TimeZoneField
              value={value.timezone}
              onChange={(timezone) => change(value.type, { timezone })}
              error={problemOf('timezone', words.zone)}
            />
          )}
          {value.type === 'after' && (
            <SourceField
              value={value.source_id}
              onChange={(chosen) => change('after', { sourceId: chosen })}
              sourceId={sourceId}
              error={problemOf('source_id', words.source)}
            />
          )}
        </div>
      )}
      <TriggerPreview
        trigger={asked}
        isWhole={gap === null && triggerGap(asked) === null}
        sourceName={after === '' ? undefined : followed.data?.name}
        advice={advice}
        isAsking={gap === null && (!isCurrent || advice.isFetching)}
      />
    </Stack>
  );
}
