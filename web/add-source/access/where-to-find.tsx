import { Collapse, List, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { TbChevronRight } from 'react-icons/tb';
import { words } from '../../words/add-source.ts';
import classes from './access.module.css';

/** Where to find what a field asks for, step by step; folded until somebody asks. */
export function WhereToFind({
  field,
  steps,
  children,
}: {
  /** The label of the field. */
  readonly field: string;
  readonly steps: readonly string[];
  readonly children?: ReactNode;
}) {
  const [opened, { toggle }] = useDisclosure(false);
  return (
    <div className={classes.where}>
      <UnstyledButton
        className={classes.ask}
        aria-expanded={opened}
        aria-label={words.access.where(field)}
        onClick={toggle}
      >
        <TbChevronRight
          size={14}
          aria-hidden
          className={classes.chevron}
          data-open={opened || undefined}
        />
        {words.access.whereShort}
      </UnstyledButton>
      <Collapse expanded={opened}>
        <List type="ordered" size="sm" withPadding className={classes.steps}>
          {steps.map((step) => (
            <List.Item key={step}>{step}</List.Item>
          ))}
        </List>
        {children}
      </Collapse>
    </div>
  );
}

/** The forms of a chart's address, with the id marked, and what else to know about charts. */
export function ChartAddressHelp() {
  return (
    <>
      {words.access.examples.map(([before, id, after]) => (
        <Text key={id} className={classes.address}>
          {before}
          <mark>{id}</mark>
          {after}
        </Text>
      ))}
      <List size="sm" mt="xs" withPadding className={classes.steps}>
        {words.access.tips.map((tip) => (
          <List.Item key={tip}>{tip}</List.Item>
        ))}
      </List>
    </>
  );
}
