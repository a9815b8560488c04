import { Badge, Group, Radio } from '@mantine/core';
import { useId } from 'react';
import { words } from '../../words/tables.ts';
import classes from './tables.module.css';

/** How a table is brought up to date: charts are read whole, and the screen says why. */
export function SyncType() {
  const id = useId();
  return (
    <fieldset className={classes.sync}>
      <legend className={classes.legend}>{words.sync}</legend>
      <div className={classes.syncChoices}>
        <Radio
          name={id}
          value="FULL_TABLE"
          defaultChecked
          label={
            <Group gap="xs" component="span">
              <code className={classes.code}>{words.fullTable}</code>
              <Badge variant="light" size="sm" radius="sm" tt="none">
                {words.recommended}
              </Badge>
            </Group>
          }
          description={words.fullTableReason}
        />
        <Radio
          name={id}
          value="INCREMENTAL"
          disabled
          label={words.incremental}
          description={words.incrementalReason}
          classNames={{ description: classes.reason ?? '' }}
        />
      </div>
    </fieldset>
  );
}
