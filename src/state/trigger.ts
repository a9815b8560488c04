import { z } from 'zod';

/** Days of the week in the order of ISO 8601. */
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const timezone = z
  .string()
  .refine(isTimeZone, 'is not a time zone; write it as in the IANA database, such as Europe/Berlin')
  .meta({ description: 'An IANA time zone, such as Europe/Berlin.', example: 'Europe/Berlin' });

const time = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is not a time of day; write it as HH:MM, such as 06:30')
  .meta({ description: 'Time of day, HH:MM, in the time zone.', example: '06:30' });

/**
 * When a source is run. `every_12_hours` runs at `time` and twelve hours later by the clock on the wall;
 * `after` runs once another source's run has ended in success.
 */
export const triggerSchema = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('manual') }),
    z.strictObject({
      type: z.literal('hourly'),
      minute: z.int().min(0).max(59).default(0),
      timezone,
    }),
    z.strictObject({ type: z.literal('every_12_hours'), time, timezone }),
    z.strictObject({ type: z.literal('daily'), time, timezone }),
    z.strictObject({
      type: z.literal('weekly'),
      days: z.array(z.enum(WEEKDAYS)).min(1, 'names no day'),
      time,
      timezone,
    }),
    z.strictObject({ type: z.literal('cron'), expression: z.string().max(200), timezone }),
    z.strictObject({ type: z.literal('after'), source_id: z.string().min(1) }),
  ])
  .meta({ id: 'Trigger' });

export type Trigger = z.output<typeof triggerSchema>;

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return !/^[+-]/.test(name);
  } catch {
    return false;
  }
}
