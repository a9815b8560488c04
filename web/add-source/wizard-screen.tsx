import { Button, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Navigate, Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { useRef } from 'react';
import { TbRestore } from 'react-icons/tb';
import { Confirm } from '../parts/confirm.tsx';
import { Page } from '../parts/page.tsx';
import { words } from '../words/add-source.ts';
import { clearDraft, useDraft } from './draft.ts';
import classes from './wizard/screen.module.css';
import { StepList } from './wizard/step-list.tsx';
import { isOpen, lastOpenStep, pathOf, stepAt } from './wizard/steps.ts';

/** "Add source": the five steps of the source document, each at an address of its own. */
export function WizardScreen() {
  const draft = useDraft();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const navigate = useNavigate();
  const [asks, { open, close }] = useDisclosure(false);
  // The address is the next screen's already while that is loaded: until then this one stays.
  const here = stepAt(path);
  const seen = useRef(here);
  if (here !== null) seen.current = here;
  const step = seen.current;
  if (step === null) return null;
  if (here !== null && !isOpen(step, draft))
    return <Navigate to={pathOf(lastOpenStep(draft))} replace />;
  return (
    <Page
      title={words.title}
      part={words.steps[step]}
      fill
      actions={
        draft.connector !== null && (
          <Button
            variant="subtle"
            color="gray"
            leftSection={<TbRestore size={16} aria-hidden />}
            onClick={open}
          >
            {words.startOver}
          </Button>
        )
      }
    >
      <StepList current={step} />
      <div className={classes.step}>
        <Outlet />
      </div>
      <Confirm
        opened={asks}
        title={words.startOverTitle}
        action={words.startOver}
        onClose={close}
        onConfirm={async () => {
          clearDraft();
          await navigate({ to: pathOf('connector') });
        }}
      >
        <Text>{words.startOverHelp}</Text>
      </Confirm>
    </Page>
  );
}
