import { Group, Text } from '@mantine/core';
import { CopyButton } from '../parts/copy-button.tsx';
import { words } from '../words/settings.ts';
import classes from './shown-once.module.css';

/** A command to copy, whole however long its words are. */
export function ExampleLine({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <div>
      <Group justify="space-between" mb={4}>
        <Text size="sm" fw={550}>
          {title}
        </Text>
        <CopyButton text={text} label={words.copyLine} />
      </Group>
      <pre className={classes.line}>
        <code>{text}</code>
      </pre>
    </div>
  );
}
