import type { Trigger } from '../../state/trigger.ts';
import { assertCronExpression } from './cron-expression.ts';

/**
 * Refuses what the schema of a trigger cannot tell: a cron expression that cannot be read, or that
 * never comes true. A cron expression has no seconds, so nothing runs more than once a minute.
 *
 * @throws ChartliftError `fields_invalid` with the path `trigger.expression`
 */
export function assertTrigger(trigger: Trigger): void {
  if (trigger.type === 'cron') assertCronExpression(trigger.expression, trigger.timezone);
}
