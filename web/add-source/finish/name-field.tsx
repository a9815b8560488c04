import { TextInput } from '@mantine/core';
import { words } from '../../words/finish.ts';

/** What the source is called; no two have the same name. */
export function NameField({
  value,
  onChange,
  error,
}: {
  readonly value: string;
  readonly onChange: (name: string) => void;
  readonly error: string | undefined;
}) {
  return (
    <TextInput
      label={words.name}
      description={words.nameHelp}
      withAsterisk
      aria-required
      autoComplete="off"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={error}
    />
  );
}
