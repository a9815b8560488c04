import { Progress, Text, VisuallyHidden } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { TbCheck } from 'react-icons/tb';
import { words } from '../../words/add-source.ts';
import { useDraft } from '../draft.ts';
import { isOpen, pathOf, STEPS, type Step } from './steps.ts';
import classes from './wizard.module.css';

/** Where one is in the wizard; each step that can be opened is a link. */
export function StepList({ current }: { readonly current: Step }) {
  const draft = useDraft();
  const at = STEPS.indexOf(current);
  return (
    <nav aria-label={words.stepsLabel}>
      <div className={classes.compact}>
        <Text size="sm" fw={600} mb={6}>
          {words.stepOf(at + 1, STEPS.length, words.steps[current])}
        </Text>
        <Progress value={((at + 1) / STEPS.length) * 100} size="sm" aria-hidden />
      </div>
      <ol className={classes.steps}>
        {STEPS.map((step, index) => {
          const isDone = index < at;
          const content = (
            <>
              <span className={classes.number} aria-hidden>
                {isDone ? <TbCheck size={14} strokeWidth={2.4} /> : index + 1}
              </span>
              <span className={classes.name}>
                {words.steps[step]}
                {isDone && <VisuallyHidden>, {words.done}</VisuallyHidden>}
              </span>
            </>
          );
          return (
            <li
              key={step}
              className={classes.step}
              data-state={step === current ? 'current' : isDone ? 'done' : 'open'}
            >
              {isOpen(step, draft) ? (
                <Link
                  to={pathOf(step)}
                  className={classes.link}
                  aria-current={step === current ? 'step' : undefined}
                >
                  {content}
                </Link>
              ) : (
                <span className={classes.link}>{content}</span>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
