import { Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { words } from '../words/shell.ts';
import classes from './mark.module.css';

/** The product's sign and name; leads to the first screen. */
export function Mark() {
  return (
    <Link to="/sources" className={classes.mark} aria-label={words.product}>
      <Group gap={8} wrap="nowrap">
        <img src="/icon.svg" alt="" width={24} height={24} />
        <Text fw={650} fz="1rem" lts="-0.01em">
          {words.product}
        </Text>
      </Group>
    </Link>
  );
}
