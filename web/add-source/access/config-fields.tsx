import { Input, PasswordInput, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { TbLock } from 'react-icons/tb';
import { words } from '../../words/add-source.ts';
import type { Draft } from '../draft.ts';
import classes from './access.module.css';
import { ChartIdsField } from './chart-ids-field.tsx';
import type { ConnectorField } from './connector-field.ts';
import { ChartAddressHelp, WhereToFind } from './where-to-find.tsx';

type Config = Draft['config'];

const HELP: Readonly<Record<string, readonly string[]>> = words.access.help;
const REGIONS: Readonly<Record<string, string>> = words.access.regions;

/** The fields of a connector, as it describes them itself, with where to find what each asks for. */
export function ConfigFields({
  fields,
  config,
  onChange,
  onTypedCharts,
  errorOf,
  failedCharts,
}: {
  readonly fields: readonly ConnectorField[];
  readonly config: Config;
  readonly onChange: (config: Config) => void;
  /** Hears which charts are typed that the list does not have yet. */
  readonly onTypedCharts: (ids: readonly string[]) => void;
  /** What is wrong with a field. */
  readonly errorOf: (field: string) => string | undefined;
  readonly failedCharts: ReadonlySet<string>;
}) {
  return (
    <Stack gap="lg" maw={640}>
      {fields.map((field) => {
        const { name, title, description } = field;
        const set = (value: string | readonly string[]) => onChange({ ...config, [name]: value });
        const steps = HELP[name];
        const error = errorOf(name);
        // The steps of where to find it say more than the one line.
        const isTold = steps !== undefined && field.type !== 'list';
        return (
          <div key={name}>
            {field.type === 'list' ? (
              <ChartIdsField
                label={title}
                description={description}
                value={listOf(config[name])}
                onChange={set}
                onTyped={onTypedCharts}
                failed={failedCharts}
                error={error}
              />
            ) : (
              <SingleField
                field={isTold ? { ...field, description: '' } : field}
                isFirst={field === fields[0]}
                value={textOf(config[name])}
                onChange={set}
                error={error}
              />
            )}
            {steps !== undefined && (
              <WhereToFind field={title} steps={steps}>
                {field.type === 'list' && <ChartAddressHelp />}
              </WhereToFind>
            )}
          </div>
        );
      })}
      <Text size="sm" className={classes.secure}>
        <TbLock size={16} aria-hidden />
        {words.access.secure}
      </Text>
    </Stack>
  );
}

function SingleField({
  field,
  isFirst,
  value,
  onChange,
  error,
}: {
  readonly field: ConnectorField;
  /** Whether typing begins here. */
  readonly isFirst: boolean;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error: string | undefined;
}) {
  const { title, description, type, secret, choices, required } = field;
  if (type === 'choice') {
    return (
      <Input.Wrapper label={title} description={description} error={error} labelElement="div">
        <SegmentedControl
          mt={6}
          aria-label={title}
          data={choices.map((choice) => ({ value: choice, label: REGIONS[choice] ?? choice }))}
          value={value === '' ? (field.default ?? '') : value}
          onChange={onChange}
        />
      </Input.Wrapper>
    );
  }
  const Field = secret ? PasswordInput : TextInput;
  return (
    <Field
      autoFocus={isFirst && value === ''}
      label={title}
      description={description}
      required={required}
      error={error}
      aria-invalid={error !== undefined}
      autoComplete="off"
      data-1p-ignore
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

function textOf(value: Config[string] | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** The texts of a list. */
export function listOf(value: Config[string] | undefined): readonly string[] {
  return value === undefined || typeof value === 'string' ? [] : value;
}
