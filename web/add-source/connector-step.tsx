import { Group, Radio, Skeleton, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { TbChartHistogram, TbPlugConnected, TbSearch } from 'react-icons/tb';
import { connectorsQuery } from '../api/queries.ts';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { words } from '../words/add-source.ts';
import classes from './connector-step.module.css';
import { changeDraft, currentDraft, useDraft } from './draft.ts';
import { pathOf } from './wizard/steps.ts';
import { WizardFooter } from './wizard/wizard-footer.tsx';

/** Step 1: which connector. */
export function ConnectorStep() {
  const draft = useDraft();
  const navigate = useNavigate();
  const connectors = useQuery(connectorsQuery);
  const [text, setText] = useState('');
  const found = connectors.data?.items.filter(({ title }) =>
    title.toLowerCase().includes(text.trim().toLowerCase()),
  );
  const only = connectors.data?.items.length === 1 ? connectors.data.items[0]?.name : undefined;
  useEffect(() => {
    if (only !== undefined && currentDraft().connector === null) changeDraft({ connector: only });
  }, [only]);
  function choose(connector: string) {
    if (connector !== draft.connector) changeDraft({ connector, config: {} });
  }
  function goOn() {
    void navigate({ to: pathOf('access') });
  }
  return (
    <Stack gap="md">
      <Title order={2}>{words.connector.lead}</Title>
      <TextInput
        aria-label={words.connector.search}
        placeholder={words.connector.search}
        leftSection={<TbSearch size={16} aria-hidden />}
        maw={360}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {connectors.error !== null && (
        <ProblemAlert error={connectors.error} onRetry={() => void connectors.refetch()} />
      )}
      {connectors.isPending && <Skeleton height={84} maw={480} />}
      {found?.length === 0 && <Text c="dimmed">{words.connector.none}</Text>}
      <Radio.Group aria-label={words.connector.legend} value={draft.connector} onChange={choose}>
        <div className={classes.cards}>
          {found?.map(({ name, title }) => (
            <Radio.Card
              key={name}
              value={name}
              className={classes.card}
              onDoubleClick={() => {
                choose(name);
                goOn();
              }}
            >
              <Group wrap="nowrap" gap="sm" align="center">
                <span className={classes.icon} aria-hidden>
                  {name === 'amplitude' ? (
                    <TbChartHistogram size={22} strokeWidth={1.6} />
                  ) : (
                    <TbPlugConnected size={22} strokeWidth={1.6} />
                  )}
                </span>
                <div className={classes.text}>
                  <Text fw={600} size="lg">
                    {title}
                  </Text>
                  <Text c="dimmed" size="sm">
                    {name === 'amplitude' ? words.connector.amplitude : words.connector.other}
                  </Text>
                </div>
                <Radio.Indicator />
              </Group>
            </Radio.Card>
          ))}
        </div>
      </Radio.Group>
      <WizardFooter
        blocked={draft.connector === null ? words.connector.choose : null}
        onNext={goOn}
      />
    </Stack>
  );
}
