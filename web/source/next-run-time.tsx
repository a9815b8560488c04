import { Text } from '@mantine/core';
import { Exact, Moment, ZONE } from '../parts/moment.tsx';
import { runTimes } from '../trigger/run-times.ts';
import type { TriggerChoice } from '../trigger/trigger-choice.ts';
import { words } from '../words/trigger.ts';
import classes from './source.module.css';

/** The zone of a trigger where it is another than the reader's; null where nothing has to be said of it. */
export function otherZone(trigger: TriggerChoice): string | null {
  return 'timezone' in trigger && trigger.timezone !== ZONE ? trigger.timezone : null;
}

/**
 * When a source runs next.
 *
 * @param zone of {@link otherZone}: the time is told there, and then here
 */
export function NextRunTime({ at, zone }: { readonly at: string; readonly zone: string | null }) {
  if (zone === null) return <Moment at={at} />;
  return runTimes([at], zone, ZONE).map(({ there, here }) => (
    <span key={at} className={`figures ${classes.nextTime}`}>
      <Exact at={at} text={there} />
      {here !== null && (
        <Text span size="sm" c="dimmed" fw={400}>
          {words.here(here)}
        </Text>
      )}
    </span>
  ));
}
