import { Box, Group, Text } from '@mantine/core';
import { words } from '../words/entry.ts';
import classes from './new-password-field.module.css';
import { PasswordField } from './password-field.tsx';
import { judgePassword, LONGEST_PASSWORD, SHORTEST_PASSWORD } from './password-strength.ts';

const STEPS = ['enough', 'good', 'strong'] as const;

/** A password that somebody chooses: the rule before they type, how long it is while they do. */
export function NewPasswordField({
  value,
  onChange,
  error,
  label = words.newPassword,
  autoFocus = false,
}: {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error?: string | undefined;
  readonly label?: string;
  readonly autoFocus?: boolean;
}) {
  return (
    <PasswordField
      label={label}
      name="new-password"
      autoComplete="new-password"
      required
      withAsterisk={false}
      data-autofocus={autoFocus || undefined}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={error}
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      description={<Meter password={value} />}
      descriptionProps={{ component: 'div' }}
    />
  );
}

function Meter({ password }: { readonly password: string }) {
  const judged = judgePassword(password);
  const reached =
    judged.kind === 'short' || judged.kind === 'long' ? 0 : STEPS.indexOf(judged.kind) + 1;
  return (
    <Group gap="xs" mt={6} wrap="nowrap" className={classes.judgement}>
      <Box className={classes.meter} data-reached={reached} aria-hidden>
        {STEPS.map((step) => (
          <span key={step} />
        ))}
      </Box>
      <Text component="span" size="xs" c="dimmed" role="status">
        {say(password)}
      </Text>
    </Group>
  );
}

function say(password: string): string {
  if (password === '') return words.passwordRule(SHORTEST_PASSWORD);
  const judged = judgePassword(password);
  if (judged.kind === 'short') return words.passwordShort(judged.more);
  if (judged.kind === 'long') return words.passwordLong(LONGEST_PASSWORD);
  return words.strength[judged.kind];
}
