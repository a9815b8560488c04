import { Anchor, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { connectorsQuery } from '../../api/queries.ts';
import { Panel } from '../../parts/panel.tsx';
import type { TriggerChoice } from '../../trigger/trigger-choice.ts';
import { TriggerSentence } from '../../trigger/trigger-sentence.tsx';
import { words } from '../../words/finish.ts';
import type { Draft } from '../draft.ts';
import type { TableRow } from '../tables/table-plan.ts';
import { pathOf, type Step } from '../wizard/steps.ts';
import classes from './finish.module.css';

const REGIONS: Readonly<Record<string, string>> = words.regions;
/** So many tables are named at once. */
const SHOWN = 8;

/** Everything that was chosen in the steps before, each with the way back to it. */
export function SourceSummary({
  draft,
  rows,
  charts,
  trigger,
}: {
  readonly draft: Draft;
  readonly rows: readonly TableRow[];
  /** How many the source will have. */
  readonly charts: number;
  readonly trigger: TriggerChoice;
}) {
  const { data } = useQuery(connectorsQuery);
  const connector = data?.items.find(({ name }) => name === draft.connector);
  const { region } = draft.config;
  return (
    <Panel title={words.summary}>
      <dl className={classes.facts}>
        <Fact name={words.connector} step="connector">
          {connector?.title ?? draft.connector}
        </Fact>
        {typeof region === 'string' && (
          <Fact name={words.region} step="access">
            {REGIONS[region] ?? region}
          </Fact>
        )}
        <Fact name={words.charts} step="access">
          {words.chartCount(charts)}
        </Fact>
        <Fact name={words.tables(rows.length)} step="tables">
          <TableNames rows={rows} />
        </Fact>
        <div className={classes.fact}>
          <dt className={classes.factName}>{words.trigger}</dt>
          <dd className={classes.factValue}>
            <TriggerSentence trigger={trigger} validationId={draft.validationId} />
          </dd>
        </div>
        <Fact name={words.sync} step="tables">
          <code className={classes.code}>{words.fullTable}</code>
        </Fact>
      </dl>
    </Panel>
  );
}

function Fact({
  name,
  step,
  children,
}: {
  readonly name: string;
  readonly step: Step;
  readonly children: ReactNode;
}) {
  return (
    <div className={classes.fact}>
      <dt className={classes.factName}>
        <span>{name}</span>
        <Anchor
          size="xs"
          aria-label={words.editOf(name)}
          renderRoot={(props) => <Link to={pathOf(step)} {...props} />}
        >
          {words.edit}
        </Anchor>
      </dt>
      <dd className={classes.factValue}>{children}</dd>
    </div>
  );
}

function TableNames({ rows }: { readonly rows: readonly TableRow[] }) {
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? rows : rows.slice(0, SHOWN);
  return (
    <>
      <ul className={classes.names}>
        {shown.map(({ stream, title, fullName, folder }) => (
          <li key={stream}>
            <span className={classes.code}>{fullName}</span>
            <Text size="xs" c="dimmed">
              {[title, folder.trim() === '' ? null : words.inFolder(folder.trim())]
                .filter((part) => part !== null)
                .join(' · ')}
            </Text>
          </li>
        ))}
      </ul>
      {shown.length < rows.length && (
        <Anchor component="button" type="button" size="xs" mt={6} onClick={() => setWhole(true)}>
          {words.more(rows.length - shown.length)}
        </Anchor>
      )}
    </>
  );
}
