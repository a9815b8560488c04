import { TextInput } from '@mantine/core';
import { words } from '../words/settings.ts';
import type { LayerNameProblem } from './layer-name.ts';

/** The name of a layer, with its rule, and why one that was typed cannot be used. */
export function LayerNameField({
  value,
  onChange,
  problem,
  refused,
}: {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly problem: LayerNameProblem | 'same' | null;
  /** What the service said of it. */
  readonly refused?: string | undefined;
}) {
  return (
    <TextInput
      label={words.sqlName}
      description={words.layerRule}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      data-autofocus
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      // An empty or unchanged name is the beginning, not a mistake.
      error={
        problem !== null && problem !== 'empty' && problem !== 'same'
          ? words.layerProblems[problem]
          : refused
      }
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
    />
  );
}
