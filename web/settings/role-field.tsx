import { Group, Radio, Stack, Text } from '@mantine/core';
import type { Role } from '../../src/state/actor.ts';
import { words } from '../words/settings.ts';
import classes from './role-field.module.css';
import { isAbove, ROLES } from './role-order.ts';

/** A role, each with what it may do. */
export function RoleField({
  label,
  value,
  onChange,
  most = 'admin',
  error,
}: {
  readonly label: string;
  readonly value: Role;
  readonly onChange: (role: Role) => void;
  /** Roles above it are shown, and cannot be chosen. */
  readonly most?: Role;
  readonly error?: string | undefined;
}) {
  return (
    <Radio.Group
      label={label}
      value={value}
      error={error}
      onChange={(chosen) => {
        const role = ROLES.find((known) => known === chosen);
        if (role) onChange(role);
      }}
    >
      <Stack gap={6} mt={6}>
        {ROLES.map((role) => {
          const isTooHigh = isAbove(role, most);
          return (
            <Radio.Card key={role} value={role} disabled={isTooHigh} className={classes.card}>
              <Group wrap="nowrap" align="flex-start" gap="sm">
                <Radio.Indicator disabled={isTooHigh} size="xs" mt={2} />
                <span>
                  <Text component="span" display="block" size="sm" fw={550}>
                    {words.roles[role]}
                  </Text>
                  <Text component="span" display="block" size="xs" c="dimmed">
                    {isTooHigh ? words.roleTooHigh : words.roleHelp[role]}
                  </Text>
                </span>
              </Group>
            </Radio.Card>
          );
        })}
      </Stack>
    </Radio.Group>
  );
}
