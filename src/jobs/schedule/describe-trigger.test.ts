import { expect, it } from 'vitest';
import type { Trigger } from '../../state/trigger.ts';
import { describeTrigger } from './describe-trigger.ts';

const timezone = 'Europe/Berlin';
const time = '06:30';

it.each<[Trigger, string]>([
  [{ type: 'manual' }, 'Only when somebody starts it'],
  [{ type: 'after', source_id: 'src_1' }, 'After each success of another source'],
  [{ type: 'hourly', minute: 0, timezone }, 'Every hour on the hour, Europe/Berlin'],
  [{ type: 'hourly', minute: 1, timezone }, 'Every hour 1 minute past, Europe/Berlin'],
  [{ type: 'hourly', minute: 15, timezone }, 'Every hour 15 minutes past, Europe/Berlin'],
  [
    { type: 'every_12_hours', time: '18:05', timezone },
    'Every 12 hours, at 06:05 and 18:05, Europe/Berlin',
  ],
  [{ type: 'daily', time, timezone }, 'Every day at 06:30, Europe/Berlin'],
  [{ type: 'weekly', days: ['mon'], time, timezone }, 'Every Monday at 06:30, Europe/Berlin'],
  [
    { type: 'weekly', days: ['sun', 'mon', 'wed'], time, timezone },
    'Every Monday, Wednesday and Sunday at 06:30, Europe/Berlin',
  ],
  [
    { type: 'weekly', days: ['mon', 'tue', 'wed', 'thu', 'fri'], time, timezone },
    'Every Monday to Friday at 06:30, Europe/Berlin',
  ],
  [{ type: 'cron', expression: '5 6 * * *', timezone }, 'Every day at 06:05, Europe/Berlin'],
  [{ type: 'cron', expression: '*/5  * * * *', timezone }, 'Every 5 minutes, Europe/Berlin'],
  [{ type: 'cron', expression: '* * * * *', timezone }, 'Every minute, Europe/Berlin'],
  [
    { type: 'cron', expression: '*/7 * * * *', timezone },
    'At the times of the cron expression */7 * * * *, Europe/Berlin',
  ],
  [
    { type: 'cron', expression: '30 6 * * MON-FRI', timezone },
    'At the times of the cron expression 30 6 * * MON-FRI, Europe/Berlin',
  ],
])('describes %j', (trigger, words) => {
  expect(describeTrigger(trigger)).toBe(words);
});

it('names the source before, where it is known', () => {
  expect(describeTrigger({ type: 'after', source_id: 'src_1' }, 'Sales')).toBe(
    'After each success of Sales',
  );
});
