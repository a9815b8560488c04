import { PasswordInput, type PasswordInputProps } from '@mantine/core';
import { useState } from 'react';
import { words } from '../words/entry.ts';

/** A password, whose characters can be shown by mouse and by keyboard. */
export function PasswordField(props: PasswordInputProps) {
  const [visible, setVisible] = useState(false);
  return (
    <PasswordInput
      spellCheck={false}
      autoCapitalize="none"
      visible={visible}
      onVisibilityChange={setVisible}
      visibilityToggleButtonProps={{
        'aria-label': visible ? words.hidePassword : words.showPassword,
        tabIndex: 0,
      }}
      {...props}
    />
  );
}
