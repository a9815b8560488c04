import { ChartliftError } from '../../errors.ts';
import { type Trigger, triggerSchema } from '../../state/trigger.ts';
import type { TriggerOptions } from '../trigger-options.ts';

/** A trigger as people name it: the source that it waits for may still be a name. */
export type NamedTrigger =
  | Exclude<Trigger, { readonly type: 'after' }>
  | { readonly type: 'after'; readonly source: string };

/**
 * The trigger that the options name; manual if they name none.
 *
 * @param machineZone IANA time zone where none is given
 * @throws ChartliftError `usage`
 */
export function readTrigger(options: TriggerOptions, machineZone: string): NamedTrigger {
  const given = KINDS.filter(([name]) => options[name] !== undefined);
  const [kind, other] = given;
  if (kind !== undefined && other !== undefined) {
    throw usage(
      `${kind[1]} and ${other[1]} cannot go together.`,
      'A source has one trigger; for several times use --cron.',
    );
  }
  const { timezone } = options;
  if (timezone !== undefined && (kind === undefined || options.after !== undefined)) {
    throw usage(
      '--timezone says when by which clock, and no time is given.',
      'Give one of --daily, --every-12-hours, --weekly, --hourly or --cron with it.',
    );
  }
  if (options.after !== undefined) return { type: 'after', source: options.after };
  const parsed = triggerSchema.safeParse(triggerOf(options, timezone ?? machineZone));
  if (parsed.success) {
    if (parsed.data.type !== 'after') return parsed.data;
  }
  const [issue] = parsed.error?.issues ?? [];
  const option = issue?.path[0] === 'timezone' ? '--timezone' : (kind?.[1] ?? '');
  throw usage(`${option} ${issue?.message ?? 'cannot be used'}.`, EXAMPLES);
}

const KINDS = [
  ['hourly', '--hourly'],
  ['every12Hours', '--every-12-hours'],
  ['daily', '--daily'],
  ['weekly', '--weekly'],
  ['cron', '--cron'],
  ['after', '--after'],
] as const satisfies readonly (readonly [keyof TriggerOptions, string])[];

const EXAMPLES =
  'For example: --daily 06:30 --timezone Europe/Berlin, --weekly mon,thu@06:30, --hourly 15, --cron "30 6 * * 1-5".';

function triggerOf(options: TriggerOptions, timezone: string): unknown {
  const { hourly, every12Hours, daily, weekly, cron } = options;
  if (hourly !== undefined) {
    if (hourly !== true && !/^\d{1,2}$/.test(hourly)) {
      throw usage('--hourly takes a minute, 0 to 59.', EXAMPLES);
    }
    return { type: 'hourly', minute: hourly === true ? 0 : Number(hourly), timezone };
  }
  if (every12Hours !== undefined) return { type: 'every_12_hours', time: every12Hours, timezone };
  if (daily !== undefined) return { type: 'daily', time: daily, timezone };
  if (weekly !== undefined) {
    const [days = '', time = '', ...more] = weekly.split('@');
    if (time === '' || more.length > 0) {
      throw usage('--weekly takes days and a time with @ between.', EXAMPLES);
    }
    const named = days.split(',').map((day) => day.trim().toLowerCase().slice(0, 3));
    return { type: 'weekly', days: [...new Set(named)], time, timezone };
  }
  if (cron !== undefined) return { type: 'cron', expression: cron, timezone };
  return { type: 'manual' };
}

/** IANA time zone of this machine. */
export function machineZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

function usage(message: string, hint: string): ChartliftError {
  return new ChartliftError('usage', message, hint);
}
