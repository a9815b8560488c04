import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { TbInfoCircle } from 'react-icons/tb';
import { Ago, Moment } from '../parts/moment.tsx';
import { Notice } from '../parts/notice.tsx';
import { Panel } from '../parts/panel.tsx';
import { words } from '../words/source.ts';
import { NextRunTime, otherZone } from './next-run-time.tsx';
import classes from './source.module.css';
import { type SourceDetail, sourceTablesQuery } from './source-data.ts';
import { TriggerWords } from './trigger-words.tsx';

/** When the content of a source last changed, and when it is read again. */
export function FreshnessPanel({ source }: { readonly source: SourceDetail }) {
  const tables = useQuery(sourceTablesQuery(source.id));
  const changed = [...(tables.data?.values() ?? [])]
    .flatMap(({ committed_at }) => (committed_at === null ? [] : [committed_at]))
    .sort()
    .at(-1);
  const zone = source.next_runs.length === 0 ? null : otherZone(source.trigger);
  return (
    <Panel title={words.freshness}>
      <Stack gap="md">
        <dl className={classes.facts}>
          <div>
            <dt>{words.contentChanged}</dt>
            <dd>
              {changed === undefined ? (
                tables.isPending ? (
                  ' '
                ) : (
                  words.never
                )
              ) : (
                <>
                  <Ago at={changed} />
                  {' · '}
                  <Moment at={changed} />
                </>
              )}
            </dd>
          </div>
          <div>
            <dt>{words.trigger}</dt>
            <dd>
              <TriggerWords source={source} />
            </dd>
          </div>
          <div>
            <dt>{zone === null ? words.nextRuns : words.nextRunsIn(zone)}</dt>
            <dd>
              {source.next_runs.length === 0 ? (
                source.paused ? (
                  words.nextRunsPaused
                ) : (
                  words.noNextRun
                )
              ) : (
                <ol className={classes.next}>
                  {source.next_runs.map((at) => (
                    <li key={at}>
                      <NextRunTime at={at} zone={zone} />
                    </li>
                  ))}
                </ol>
              )}
            </dd>
          </div>
        </dl>
        {source.warnings.map(({ code, message }) => (
          <Notice key={code} tone="warn" icon={TbInfoCircle}>
            <Text size="sm">{message}</Text>
          </Notice>
        ))}
      </Stack>
    </Panel>
  );
}
