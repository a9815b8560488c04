import { type Trigger, WEEKDAYS } from '../../state/trigger.ts';

/** A trigger that a clock starts. */
export type ClockTrigger = Exclude<Trigger, { type: 'manual' | 'after' }>;

export function isClockTrigger(trigger: Trigger): trigger is ClockTrigger {
  return trigger.type !== 'manual' && trigger.type !== 'after';
}

/** The cron expression of five fields that a trigger stands for. */
export function cronOfTrigger(trigger: ClockTrigger): string {
  switch (trigger.type) {
    case 'hourly':
      return `${trigger.minute} * * * *`;
    case 'every_12_hours': {
      const { hour, minute } = timeOfDay(trigger.time);
      return `${minute} ${hour % 12},${(hour % 12) + 12} * * *`;
    }
    case 'daily': {
      const { hour, minute } = timeOfDay(trigger.time);
      return `${minute} ${hour} * * *`;
    }
    case 'weekly': {
      const { hour, minute } = timeOfDay(trigger.time);
      // Cron counts from Sunday (0 and 7), ISO 8601 from Monday (1).
      const days = WEEKDAYS.flatMap((day, at) => (trigger.days.includes(day) ? [at + 1] : []));
      return `${minute} ${hour} * * ${days.join(',')}`;
    }
    case 'cron':
      return trigger.expression;
  }
}

/** @param time `HH:MM`, as the trigger's schema lets it through */
export function timeOfDay(time: string): { readonly hour: number; readonly minute: number } {
  return { hour: Number(time.slice(0, 2)), minute: Number(time.slice(3)) };
}
