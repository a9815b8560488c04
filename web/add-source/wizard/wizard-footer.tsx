import { Button, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { TbArrowLeft, TbArrowRight } from 'react-icons/tb';
import { words } from '../../words/add-source.ts';
import { pathOf, type Step } from './steps.ts';
import classes from './wizard.module.css';

/**
 * The ways on and back, always in view.
 *
 * @param blocked why one cannot go on; null if one can
 * @param extra another way on, left of the main one
 */
export function WizardFooter({
  back,
  next = words.next,
  isBusy = false,
  blocked = null,
  onNext,
  extra,
}: {
  readonly back?: Step;
  readonly next?: string;
  readonly isBusy?: boolean;
  readonly blocked?: string | null;
  readonly onNext: () => void;
  readonly extra?: ReactNode;
}) {
  return (
    <Group className={classes.footer} justify="space-between" gap="sm">
      {back === undefined ? (
        <span />
      ) : (
        <Button
          variant="default"
          leftSection={<TbArrowLeft size={16} aria-hidden />}
          renderRoot={(props) => <Link to={pathOf(back)} {...props} />}
        >
          {words.back}
        </Button>
      )}
      <Group gap="sm" justify="flex-end" className={classes.ways}>
        <Text size="sm" c="dimmed" id="wizard-blocked" aria-live="polite">
          {blocked}
        </Text>
        {extra}
        <Button
          rightSection={<TbArrowRight size={16} aria-hidden />}
          loading={isBusy}
          disabled={blocked !== null}
          aria-describedby="wizard-blocked"
          onClick={onNext}
        >
          {next}
        </Button>
      </Group>
    </Group>
  );
}
