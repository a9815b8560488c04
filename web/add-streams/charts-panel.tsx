import { Button, Group, Stack, Text } from '@mantine/core';
import { ChartIdsField } from '../add-source/access/chart-ids-field.tsx';
import { fieldMessage } from '../api/problem-error.ts';
import { Panel } from '../parts/panel.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { words } from '../words/add-streams.ts';

/** Which charts, and the button that checks them. */
export function ChartsPanel({
  ids,
  known,
  failed,
  blocked,
  isBusy,
  isChecked,
  error,
  onChange,
  onTyped,
  onCheck,
}: {
  readonly ids: readonly string[];
  /** Of these, the ones that the source has. */
  readonly known: readonly string[];
  /** Of these, the ones that cannot be read. */
  readonly failed: ReadonlySet<string>;
  /** Why they cannot be checked. */
  readonly blocked: string | null;
  readonly isBusy: boolean;
  readonly isChecked: boolean;
  readonly error: Error | null;
  readonly onChange: (ids: readonly string[]) => void;
  /** Hears which charts are typed that the list does not have yet. */
  readonly onTyped: (ids: readonly string[]) => void;
  readonly onCheck: () => void;
}) {
  const atField = fieldMessage(error, 'config', 'chart_ids');
  return (
    <Panel>
      <Stack gap="sm" maw={640}>
        <ChartIdsField
          label={words.ids}
          description={words.idsHelp}
          value={ids}
          failed={failed}
          onChange={onChange}
          onTyped={onTyped}
          autoFocus={ids.length === 0}
          error={atField}
        />
        {known.length > 0 && (
          <Text size="sm" c="dimmed" role="status">
            {words.known(known)}
          </Text>
        )}
        {error !== null && atField === undefined && (
          <ProblemAlert error={error} onRetry={onCheck} />
        )}
        <Group gap="sm">
          <Button
            variant={isChecked ? 'default' : 'light'}
            loading={isBusy}
            disabled={blocked !== null}
            // The field takes what is typed as it is left, and grows: the button would move from under the mouse.
            onMouseDown={(event) => event.preventDefault()}
            onClick={(event) => {
              event.currentTarget.focus();
              onCheck();
            }}
          >
            {isChecked ? words.checkAgain : words.check}
          </Button>
        </Group>
      </Stack>
    </Panel>
  );
}
