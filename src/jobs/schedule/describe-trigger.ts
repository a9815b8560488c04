import { type Trigger, WEEKDAYS } from '../../state/trigger.ts';
import { timeOfDay } from './cron-of-trigger.ts';

const DAY_NAMES: Readonly<Record<(typeof WEEKDAYS)[number], string>> = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
};

/**
 * A trigger in words, such as "Every day at 06:30, Europe/Berlin".
 *
 * @param sourceName what the source is called that it comes after, if the caller knows it
 */
export function describeTrigger(trigger: Trigger, sourceName?: string): string {
  switch (trigger.type) {
    case 'manual':
      return 'Only when somebody starts it';
    case 'after':
      return `After each success of ${sourceName ?? 'another source'}`;
    case 'hourly':
      return `Every hour ${pastTheHour(trigger.minute)}, ${trigger.timezone}`;
    case 'every_12_hours': {
      const { hour, minute } = timeOfDay(trigger.time);
      const times = [clockText(hour % 12, minute), clockText((hour % 12) + 12, minute)];
      return `Every 12 hours, at ${times.join(' and ')}, ${trigger.timezone}`;
    }
    case 'daily':
      return `Every day at ${trigger.time}, ${trigger.timezone}`;
    case 'weekly':
      return `Every ${daysText(trigger.days)} at ${trigger.time}, ${trigger.timezone}`;
    case 'cron':
      return `${cronText(trigger.expression)}, ${trigger.timezone}`;
  }
}

function pastTheHour(minute: number): string {
  if (minute === 0) return 'on the hour';
  return `${minute} ${minute === 1 ? 'minute' : 'minutes'} past`;
}

function daysText(days: readonly (typeof WEEKDAYS)[number][]): string {
  const sorted = WEEKDAYS.filter((day) => days.includes(day));
  if (sorted.length === WEEKDAYS.length) return 'day';
  if (sorted.join() === 'mon,tue,wed,thu,fri') return 'Monday to Friday';
  return listText(sorted.map((day) => DAY_NAMES[day]));
}

function listText(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

/** The commonest expressions in words; the others are best told as they are. */
function cronText(expression: string): string {
  const [minute = '', hour = '', ...days] = expression.trim().split(/\s+/);
  const everyDay = days.join(' ') === '* * *';
  if (everyDay && /^\d+$/.test(minute) && /^\d+$/.test(hour)) {
    return `Every day at ${clockText(Number(hour), Number(minute))}`;
  }
  const step = everyDay && hour === '*' ? /^\*(?:\/(\d+))?$/.exec(minute) : null;
  const minutes = Number(step?.[1] ?? 1);
  if (step !== null && 60 % minutes === 0) {
    return minutes === 1 ? 'Every minute' : `Every ${minutes} minutes`;
  }
  return `At the times of the cron expression ${[minute, hour, ...days].join(' ')}`;
}

function clockText(hour: number, minute: number): string {
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}
