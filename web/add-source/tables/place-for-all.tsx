import { Autocomplete, Button, Group, Select, Text, TextInput } from '@mantine/core';
import { words } from '../../words/tables.ts';
import { applyToAll, type TablePlan, type TablesValue } from './table-plan.ts';
import classes from './tables.module.css';
import type { LayerChoice } from './use-table-plan.ts';

/** So many names are shown as examples of a prefix. */
const EXAMPLES = 2;

/** Layer, folder and prefix of all streams that have none of their own. */
export function PlaceForAll({
  value,
  onChange,
  plan,
  layers,
}: {
  readonly value: TablesValue;
  readonly onChange: (changes: Partial<TablesValue>) => void;
  readonly plan: TablePlan;
  readonly layers: readonly LayerChoice[];
}) {
  const folders = layers.find(({ name }) => name === value.layer)?.folders ?? [];
  const folder = value.folder ?? '';
  const isNew = folder.trim() !== '' && !folders.includes(folder.trim());
  const apart = plan.rows.filter(({ isApart }) => isApart).length;
  const examples = plan.rows
    .filter(({ isSuggested }) => isSuggested)
    .slice(0, EXAMPLES)
    .map(({ layer, suggestion }) => `${layer}.${suggestion}`);
  return (
    <div>
      <div className={classes.place}>
        <Select
          label={words.layer}
          description={words.layerHelp}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          data={layers.map(({ name, title }) => ({ value: name, label: title }))}
          value={layers.some(({ name }) => name === value.layer) ? value.layer : null}
          onChange={(layer) => layer !== null && onChange({ layer })}
          allowDeselect={false}
          error={plan.layerIssue}
        />
        <Autocomplete
          label={words.folder}
          description={isNew ? words.newFolder(folder.trim()) : words.folderHelp}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          placeholder={words.noFolder}
          data={[...folders]}
          value={folder}
          onChange={(text) => onChange({ folder: text === '' ? null : text })}
          autoComplete="off"
          error={plan.folderIssue}
        />
        <TextInput
          label={words.prefix}
          description={words.prefixHelp}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          placeholder={words.noPrefix}
          classNames={{ input: classes.code ?? '' }}
          value={value.prefix}
          onChange={(event) => onChange({ prefix: event.currentTarget.value })}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          error={plan.prefixIssue}
        />
      </div>
      {/* Always there: what comes and goes in it moves nothing. */}
      <div className={classes.foot}>
        {examples.length > 0 && (
          <Text size="sm" className={classes.examples}>
            <Text span size="sm" c="dimmed">
              {words.examples}
            </Text>{' '}
            {examples.map((name) => (
              <code key={name} className={classes.code}>
                {name}
              </code>
            ))}
          </Text>
        )}
        {apart > 0 && (
          <Group gap="xs" className={classes.apart}>
            <Text size="sm" c="dimmed">
              {words.applyHelp(apart)}
            </Text>
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => onChange({ tables: applyToAll(value) })}
            >
              {words.applyToAll}
            </Button>
          </Group>
        )}
      </div>
    </div>
  );
}
