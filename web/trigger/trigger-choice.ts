import type { Trigger } from '../../src/state/trigger.ts';

/** When a source runs, as the API takes it. */
export type TriggerChoice = Trigger;

export type TriggerType = Trigger['type'];

export type Weekday = Extract<Trigger, { readonly type: 'weekly' }>['days'][number];

/** In the order in which they are offered: the most common first (source document, step 4). */
export const TRIGGER_TYPES = [
  'daily',
  'every_12_hours',
  'weekly',
  'hourly',
  'cron',
  'after',
  'manual',
] as const satisfies readonly TriggerType[];

/** Days of the week in the order of ISO 8601. */
export const WEEKDAYS = [
  'mon',
  'tue',
  'wed',
  'thu',
  'fri',
  'sat',
  'sun',
] as const satisfies readonly Weekday[];

/** What most of the world calls a working week; others choose its days. */
export const WORKING_DAYS: readonly Weekday[] = WEEKDAYS.slice(0, 5);

/** Everything that any type of trigger needs: what was typed for one type is there again for the next. */
export interface TriggerParts {
  /** HH:MM, or empty while it is typed. */
  readonly time: string;
  readonly timezone: string;
  readonly days: readonly Weekday[];
  readonly minute: number;
  readonly expression: string;
  /** Of the source to come after; empty until one is chosen. */
  readonly sourceId: string;
}

/** What a trigger still lacks before the service can be asked about it. */
export type TriggerGap = 'time' | 'days' | 'expression' | 'source';

const FIRST_PARTS: Omit<TriggerParts, 'timezone'> = {
  time: '06:30',
  days: ['mon'],
  minute: 0,
  expression: '30 6 * * 1-5',
  sourceId: '',
};

/** What a new source starts with: daily, before people come to work. */
export function defaultTrigger(timezone: string): TriggerChoice {
  return { type: 'daily', time: FIRST_PARTS.time, timezone };
}

/** What `trigger` says, over what was typed `before` for other types. */
export function partsOf(
  trigger: TriggerChoice,
  before: Partial<TriggerParts> & Pick<TriggerParts, 'timezone'>,
): TriggerParts {
  const { source_id: sourceId, type: _, ...said } = { source_id: undefined, ...trigger };
  const rest = { ...FIRST_PARTS, ...before, ...said };
  return sourceId === undefined ? rest : { ...rest, sourceId };
}

/** The trigger of a type, of the parts that it needs. */
export function triggerOf(type: TriggerType, parts: TriggerParts): TriggerChoice {
  const { time, timezone, days, minute, expression, sourceId } = parts;
  switch (type) {
    case 'manual':
      return { type };
    case 'hourly':
      return { type, minute, timezone };
    case 'every_12_hours':
    case 'daily':
      return { type, time, timezone };
    case 'weekly':
      return { type, days: WEEKDAYS.filter((day) => days.includes(day)), time, timezone };
    case 'cron':
      return { type, expression, timezone };
    case 'after':
      return { type, source_id: sourceId };
  }
}

/** The days with one more or one less, in the order of the week. */
export function toggleDay(days: readonly Weekday[], toggled: Weekday): readonly Weekday[] {
  return WEEKDAYS.filter((day) => days.includes(day) !== (day === toggled));
}

/** What is still missing; null: nothing, as far as can be told here. */
export function triggerGap(trigger: TriggerChoice): TriggerGap | null {
  switch (trigger.type) {
    case 'manual':
    case 'hourly':
      return null;
    case 'weekly':
      if (trigger.days.length === 0) return 'days';
      return trigger.time === '' ? 'time' : null;
    case 'every_12_hours':
    case 'daily':
      return trigger.time === '' ? 'time' : null;
    case 'cron':
      return trigger.expression.trim() === '' ? 'expression' : null;
    case 'after':
      return trigger.source_id === '' ? 'source' : null;
  }
}
