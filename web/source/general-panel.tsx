import { Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { TbUsers } from 'react-icons/tb';
import { countCharacters, MAX_DESCRIPTION } from '../../src/service/description.ts';
import { fieldMessage, ProblemError } from '../api/problem-error.ts';
import { sourceQuery } from '../api/queries.ts';
import { Notice } from '../parts/notice.tsx';
import { Panel } from '../parts/panel.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { TriggerField } from '../trigger/trigger-field.tsx';
import { words } from '../words/source.ts';
import { settingsIssues } from './settings-form.ts';
import classes from './source.module.css';
import type { SourceDetail } from './source-data.ts';
import { useChangeSource } from './use-change-source.ts';
import type { useSettingsForm } from './use-settings-form.ts';

/** Name, description, trigger and time limit of a source. */
export function GeneralPanel({
  source,
  settings: { base, form, changes, set, adopt, reset },
}: {
  readonly source: SourceDetail;
  readonly settings: ReturnType<typeof useSettingsForm>;
}) {
  const client = useQueryClient();
  const save = useChangeSource(source.id);
  const issues = settingsIssues(form);
  const isChanged = Object.keys(changes).length > 0;
  const isConflict = save.error instanceof ProblemError && save.error.problem.code === 'conflict';
  const at = (field: string) => fieldMessage(save.error, field);
  const isAtField = ['name', 'description', 'time_limit_minutes'].some((field) => at(field));
  const length = countCharacters(form.description, 9_999);
  function submit(event: FormEvent) {
    event.preventDefault();
    if (issues.size > 0) return;
    save.mutate(
      { changes, revision: base.revision },
      {
        onSuccess: (saved) => {
          reset(saved);
          notifications.show({ message: words.saved(saved.name), color: 'teal' });
        },
      },
    );
  }
  async function loadTheirs() {
    const theirs = await client.fetchQuery({ ...sourceQuery(source.id), staleTime: 0 });
    adopt(theirs);
    save.reset();
    notifications.show({ message: words.loadedTheirs });
  }
  return (
    <Panel title={words.general}>
      <form onSubmit={submit}>
        <Stack maw={620}>
          <TextInput
            label={words.name}
            required
            value={form.name}
            onChange={(event) => set({ name: event.currentTarget.value })}
            error={issues.has('name') ? words.nameMissing : at('name')}
          />
          <Textarea
            label={words.description}
            description={words.descriptionHelp}
            autosize
            minRows={2}
            maxRows={5}
            value={form.description}
            onChange={(event) => set({ description: event.currentTarget.value })}
            error={issues.has('description') ? words.tooLong(MAX_DESCRIPTION) : at('description')}
            inputWrapperOrder={['label', 'description', 'input', 'error']}
          />
          <Text
            size="xs"
            c={issues.has('description') ? 'var(--bad)' : 'dimmed'}
            mt={-10}
            ta="right"
          >
            {words.counter(length, MAX_DESCRIPTION)}
          </Text>
          <TriggerField
            value={form.trigger}
            onChange={(trigger) => set({ trigger })}
            sourceId={source.id}
            error={triggerMessage(save.error)}
          />
          <TextInput
            label={words.timeLimit}
            description={words.timeLimitHelp}
            inputMode="numeric"
            maw={240}
            value={form.timeLimit}
            onChange={(event) => set({ timeLimit: event.currentTarget.value })}
            error={issues.has('timeLimit') ? words.timeLimitWrong : at('time_limit_minutes')}
          />
          {isConflict ? (
            <Notice role="alert" tone="warn" icon={TbUsers} title={words.conflict}>
              <Text size="sm">{words.conflictHelp}</Text>
              <Button mt="xs" size="compact-sm" variant="default" onClick={() => void loadTheirs()}>
                {words.loadTheirs}
              </Button>
            </Notice>
          ) : (
            save.error !== null && <ProblemAlert error={save.error} hideIssues={isAtField} />
          )}
        </Stack>
        <Group gap="xs" mt="md" className={isChanged ? classes.saving : undefined}>
          <Button type="submit" loading={save.isPending} disabled={!isChanged || issues.size > 0}>
            {words.save}
          </Button>
          {isChanged && (
            <Button variant="subtle" color="gray" onClick={() => reset(source)}>
              {words.discard}
            </Button>
          )}
        </Group>
      </form>
    </Panel>
  );
}

/** What is wrong with the trigger, or with any part of it. */
function triggerMessage(error: unknown): string | undefined {
  if (!(error instanceof ProblemError)) return undefined;
  return error.problem.issues.find(({ path }) => path[0] === 'trigger')?.message;
}
